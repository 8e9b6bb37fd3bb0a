using System.Runtime.Intrinsics;
using CsCheck;
using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Tests.Arithmetic;

/// <summary>Against series in 28 decimal digits.</summary>
public sealed class AnglesTests
{
    private const decimal Pi = 3.1415926535897932384626433833m;

    private static readonly Gen<double> Magnitude = Gen.OneOf(Gen.Double[0, 1], Gen.OneOf(0.0, 1.0, 1e-300, 1e-17, 0.41421356237309503));

    [Fact]
    public void AnglesAreWithinTwoUnitsInTheLastPlace() => Gen.Select(Gen.Double[1e-6, 1], Gen.Double[1e-6, 1]).Sample(
        (x, y) => ExactNumbers.Ulps(Angles.Of(x, y), DecimalAngle(x, y)) <= 2, iter: 20_000);

    [Fact]
    public void FourAnglesHaveTheBitsOfOne() => Gen.Select(Magnitude, Magnitude).Sample(
        (x, y) => x + y == 0 || Bits(Angles.Of(Vector256.Create(1, x, 1, 1), Vector256.Create(0, y, 1, 1))[1]) == Bits(Angles.Of(x, y)), iter: 20_000);

    [Fact]
    public void FourCosinesAndSinesHaveTheBitsOfOne() =>
        Gen.OneOf(Gen.Double[-8, 8], Gen.Int[-40, 40].Select(quarters => 0.25 * quarters)).Sample(
            halfTurns =>
            {
                var one = Angles.CosSinOfHalfTurns(halfTurns);
                var four = Angles.CosSinOfHalfTurns(Vector256.Create(0, 0, halfTurns, 1));
                return (Bits(four.Cosine[2]), Bits(four.Sine[2])) == (Bits(one.Cosine), Bits(one.Sine));
            },
            iter: 20_000);

    [Fact]
    public void AnglesOfTheAxesAndTheDiagonalAreTheNearestNumbers()
    {
        Assert.Equal(0, Angles.Of(3, 0));
        Assert.Equal(Math.PI / 4, Angles.Of(3, 3));
        Assert.Equal(Math.PI / 2, Angles.Of(0, 3));
        Assert.Equal(-1e-17, Angles.Of(1, -1e-17));
    }

    [Fact]
    public void CosineAndSineAreWithinTwoUnitsInTheLastPlace() => Gen.Double[1e-6, 1.9].Where(t => Math.Abs(t - Math.Round(2 * t) / 2) > 1e-6).Sample(
        halfTurns =>
        {
            var (cosine, sine) = Angles.CosSinOfHalfTurns(halfTurns);
            var x = ExactNumbers.Of(halfTurns) * Pi;
            return ExactNumbers.Ulps(cosine, Series(x, 0)) <= 2 && ExactNumbers.Ulps(sine, Series(x, 1)) <= 2;
        },
        iter: 20_000);

    [Fact]
    public void CosineAndSineOfQuarterTurnsAreExact()
    {
        Assert.Equal((1, 0), Angles.CosSinOfHalfTurns(0));
        Assert.Equal((0, 1), Angles.CosSinOfHalfTurns(0.5));
        Assert.Equal((-1, 0), Angles.CosSinOfHalfTurns(1));
        Assert.Equal((0, -1), Angles.CosSinOfHalfTurns(1.5));
    }

    [Fact]
    public void QuarterTurnsAddUpWithinTwoUnitsInTheLastPlace() => Gen.Select(Gen.Int[1, int.MaxValue], Gen.Double[0.1, 1.5]).Sample(
        (quarters, angle) =>
            ExactNumbers.Ulps(Angles.AfterQuarters(quarters, angle), (quarters * Pi / 2) + ExactNumbers.Of(angle)) <= 2,
        iter: 20_000);

    private static decimal Series(decimal x, int first)
    {
        var (sum, term) = (0m, first == 0 ? 1 : x);
        for (var i = first; i < 60; i += 2)
        {
            sum += term;
            term *= -x * x / ((i + 1) * (i + 2));
        }

        return sum;
    }

    // Machin's way: one step of Newton's iteration from a double, by the tangent of a difference.
    private static decimal DecimalAngle(double x, double y)
    {
        var near = ExactNumbers.Of(Math.Atan2(y, x));
        var (cosine, sine) = (Series(near, 0), Series(near, 1));
        var (exactX, exactY) = (ExactNumbers.Of(x), ExactNumbers.Of(y));
        return near + (((exactY * cosine) - (exactX * sine)) / ((exactX * cosine) + (exactY * sine)));
    }

    private static long Bits(double x) => BitConverter.DoubleToInt64Bits(x);
}
