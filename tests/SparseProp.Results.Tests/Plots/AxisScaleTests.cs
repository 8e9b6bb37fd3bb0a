using CsCheck;
using SparseProp.Results.Plots;

namespace SparseProp.Results.Tests.Plots;

public sealed class AxisScaleTests
{
    private const double Rounding = 1e-6;

    /// <summary>Values from a few parts in a billion to thirty decades apart, of either sign.</summary>
    private static readonly Gen<double[]> Values =
        from size in Gen.Double[-12, 12]
        from spread in Gen.Double[-8, 3]
        from centre in Gen.Double[-1, 1]
        from shares in Gen.Double[-1, 1].Array[1, 10]
        select shares.Select(share => Math.Pow(10, size) * (centre + (Math.Pow(10, spread) * share))).ToArray();

    private static readonly Gen<double[]> Positive =
        from centre in Gen.Double[-12, 12]
        from spread in Gen.Double[-8, 1.2]
        from shares in Gen.Double[-1, 1].Array[1, 10]
        select shares.Select(share => Math.Pow(10, centre + (Math.Pow(10, spread) * share))).ToArray();

    [Fact]
    public void AllValuesStandInsideTheAxis()
    {
        Values.Sample(values => AssertInside(Linear(values), values));
        Positive.Sample(values => AssertInside(Logarithmic(values), values));

        static void AssertInside(AxisScale scale, double[] values) => Assert.All(values, value => Assert.InRange(scale.ShareOf(value), 0.01, 0.99));
    }

    [Fact]
    public void TicksStandOnTheAxisInAscendingOrder()
    {
        Values.Sample(values => AssertOrder(Linear(values)));
        Positive.Sample(values => AssertOrder(Logarithmic(values)));

        static void AssertOrder(AxisScale scale)
        {
            var slack = Rounding * (scale.High - scale.Low);
            Assert.All(scale.Ticks, tick => Assert.InRange(tick.Place, scale.Low - slack, scale.High + slack));
            Assert.All(scale.MinorTicks, place => Assert.InRange(place, scale.Low - slack, scale.High + slack));
            Assert.All(scale.Ticks.Zip(scale.Ticks.Skip(1)), pair => Assert.True(pair.First.Place < pair.Second.Place));
        }
    }

    [Fact]
    public void ALabelSaysWhereItsTickStands()
    {
        Values.Sample(values => AssertLabels(Linear(values)));
        Positive.Sample(values => AssertLabels(Logarithmic(values)));

        static void AssertLabels(AxisScale scale) => Assert.All(
            scale.Ticks,
            tick => Assert.Equal(tick.Place, scale.PlaceOf(Plotted.NumberIn(tick.Label)), Rounding * (scale.High - scale.Low)));
    }

    [Fact]
    public void ThereAreThreeTicksOrMoreAndFewEnoughToRead()
    {
        Values.Sample(values => Assert.InRange(Linear(values).Ticks.Count, 3, 9));
        Positive.Sample(values => Assert.InRange(Logarithmic(values).Ticks.Count, 3, 9));
    }

    [Theory]
    [InlineData(300, 10_000, "300 1000 3000 10000")]
    [InlineData(10, 60, "10 20 50")]
    [InlineData(0.1, 30, "0.1 1 10")]
    [InlineData(1e3, 1e9, "10³ 10⁴ 10⁵ 10⁶ 10⁷ 10⁸ 10⁹")]
    [InlineData(1e-3, 1, "10⁻³ 10⁻² 10⁻¹ 10⁰")]
    [InlineData(1e-20, 1, "10⁻²⁰ 10⁻¹⁶ 10⁻¹² 10⁻⁸ 10⁻⁴ 10⁰")]
    [InlineData(2e5, 4e6, "3×10⁵ 10⁶ 3×10⁶")]
    [InlineData(0.66, 0.81, "0.7 0.75 0.8")]
    [InlineData(1, 1.00000000000001, "0.8 0.9 1")]
    public void LogarithmicTicksStandAtRoundNumbers(double low, double high, string labels) =>
        Assert.Equal(labels.Split(' '), Logarithmic([low, high]).Ticks.Select(tick => tick.Label));

    [Theory]
    [InlineData(300, 10_000, "0 2000 4000 6000 8000 10000")]
    [InlineData(-0.1, 0.02, "−0.1 −0.08 −0.06 −0.04 −0.02 0 0.02")]
    [InlineData(0.0025, 0.2, "0 0.05 0.1 0.15 0.2")]
    [InlineData(5, 5, "4.6 4.8 5 5.2 5.4")]
    [InlineData(0, 0, "−1 −0.5 0 0.5 1")]
    public void OtherTicksAreEvenAndZeroHasNoSign(double low, double high, string labels) =>
        Assert.Equal(labels.Split(' '), Linear([low, high]).Ticks.Select(tick => tick.Label));

    [Fact]
    public void WhatHasNoPlaceOnALogarithmicAxisDoesNotStretchIt()
    {
        var scale = Logarithmic([-3, 0, double.NaN, double.PositiveInfinity, 1, 100]);

        Assert.Equal(Logarithmic([1, 100]).High, scale.High);
        Assert.True(scale.ShareOf(0) < -0.5);
    }

    [Fact]
    public void AnAxisThatStartsAtZeroDoesSoExactly() =>
        Assert.Equal(0, AxisScale.Over(isLogarithmic: false, startsAtZero: true, [0.1, 0.2]).Low);

    [Fact]
    public void RoomAboveIsThatShareOfTheAxis()
    {
        var scale = Linear([1, 2]);

        Assert.Equal(0.75, scale.WithRoomAbove(0.25).ShareOf(scale.High), 1e-12);
    }

    private static AxisScale Linear(double[] values) => AxisScale.Over(isLogarithmic: false, startsAtZero: false, values);

    private static AxisScale Logarithmic(double[] values) => AxisScale.Over(isLogarithmic: true, startsAtZero: false, values);
}
