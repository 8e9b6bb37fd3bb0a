using CsCheck;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;

namespace SparseProp.Sweeps.Tests;

public sealed class SteppedRangeTests
{
    [Fact]
    public void AnIntegerRangeIsRefusedExactlyIfTwoOfItsValuesAreEqual()
    {
        var end = Gen.OneOf(Gen.Long[1, 50], Gen.Long[1, 100_000]);
        Gen.Select(end, end, Gen.Long[2, 200], Gen.Bool).Sample((from, to, steps, isLog) =>
        {
            var values = Indices(steps).Select(i => isLog
                ? Spacing.GeometricInteger(from, to, i, steps)
                : Spacing.LinearInteger(from, to, i, steps));

            var range = new SteppedRange(true, ParameterValue.Of(from), ParameterValue.Of(to), steps, isLog);

            Assert.Equal(values.Distinct().Count() == steps, range.Problem() is null);
        });
    }

    [Fact]
    public void AnAcceptedRangeOfRealsIsStrictlyMonotonic()
    {
        var end = Gen.Select(Gen.Double[1, 10], Gen.Int[-12, 12]).Select((digits, exponent) => digits * Math.Pow(10, exponent));
        var relativeGap = Gen.Int[-12, 1].Select(exponent => Math.Pow(10, exponent));
        Gen.Select(end, relativeGap, Gen.Long[2, 200], Gen.Bool, Gen.Bool).Sample((low, gap, steps, isLog, isDown) =>
        {
            var high = low * (1 + (gap * steps));
            var (from, to) = isDown ? (high, low) : (low, high);
            var range = new SteppedRange(false, ParameterValue.Of(from), ParameterValue.Of(to), steps, isLog);
            if (range.Problem() is not null)
            {
                Assert.True(gap < 1e-9);
                return;
            }

            var values = Indices(steps).Select(i => range.Values()[i].Real).ToArray();

            Assert.Equal(from, values[0]);
            Assert.Equal(to, values[^1]);
            Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(isDown ? pair.First > pair.Second : pair.First < pair.Second));
        }, iter: 1000);
    }

    [Fact]
    public void GeometricValuesAreRightToTwelveDigits()
    {
        var end = Gen.Double[-20, 20].Select(exponent => Math.Pow(10, exponent));
        Gen.Select(end, end, Gen.Long[3, 1_000_000_000]).Sample((from, to, steps) =>
        {
            var exact = from * Math.Pow(to / from, (steps / 3) / (double)(steps - 1));

            Assert.InRange(Spacing.Geometric(from, to, steps / 3, steps) / exact, 1 - 6e-12, 1 + 6e-12);
        });
    }

    private static IEnumerable<long> Indices(long steps) => Enumerable.Range(0, (int)steps).Select(i => (long)i);
}
