using System.Runtime.Intrinsics;
using CsCheck;
using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Tests.Arithmetic;

/// <summary>Against series in 28 decimal digits.</summary>
public sealed class ElementaryFunctionsTests
{
    private const decimal Ln2 = 0.6931471805599453094172321215m;

    [Fact]
    public void LogarithmIsWithinTwoUnitsInTheLastPlace() =>
        Gen.Double[1, 1000].Sample(x => ExactNumbers.Ulps(ElementaryFunctions.Log(x), DecimalLog(x)) <= 2, iter: 20_000);

    [Fact]
    public void LogarithmNearOneIsWithinTwoUnitsInTheLastPlace() =>
        Gen.Int[-1_000_000, 1_000_000].Where(i => i != 0).Sample(
            i => ExactNumbers.Ulps(ElementaryFunctions.Log(1 + (i * 1e-7)), DecimalLog(1 + (i * 1e-7))) <= 2, iter: 20_000);

    [Fact]
    public unsafe void ManyLogarithmsAtOnceHaveTheBitsOfEach() =>
        Gen.Select(Gen.Double[1, 1e80].Array[0, 40], Gen.Long[0, 1 << 30]).Sample((numbers, exponent) =>
        {
            var logarithms = new double[numbers.Length + 8];
            numbers.CopyTo(logarithms, 0);
            fixed (double* x = logarithms)
            {
                ElementaryFunctions.ScaledLog(x, numbers.Length, exponent, 0.01);
            }

            return numbers.Select(x => 0.01 * ElementaryFunctions.Log(x, exponent)).SequenceEqual(logarithms.Take(numbers.Length));
        });

    [Fact]
    public void FourExponentialsHaveTheBitsOfOne() => Gen.Double[-700, 700].Sample(
        x => BitConverter.DoubleToInt64Bits(ElementaryFunctions.Exp(Vector256.Create(0, x, 0, 1))[1])
            == BitConverter.DoubleToInt64Bits(ElementaryFunctions.Exp(x)),
        iter: 20_000);

    [Fact]
    public void ExponentialIsWithinTwoUnitsInTheLastPlace() =>
        Gen.Double[0, 10].Sample(x => ExactNumbers.Ulps(ElementaryFunctions.Exp(x), DecimalExp(x)) <= 2, iter: 20_000);

    [Fact]
    public void AnExponentBesideTheNumberCountsAsMultiplesOfLn2()
    {
        Assert.Equal(0, ElementaryFunctions.Log(1));
        Assert.Equal(ElementaryFunctions.Log(3.0 * (1L << 40)), ElementaryFunctions.Log(3, 40));
        Assert.True(ExactNumbers.Ulps(ElementaryFunctions.Log(3, 1 << 20), DecimalLog(3) + (Ln2 * (1 << 20))) <= 2);
        Assert.True(ExactNumbers.Ulps(ElementaryFunctions.Log(3, 1 << 30), DecimalLog(3) + (Ln2 * (1 << 30))) <= 2);
    }

    [Theory]
    [InlineData(0, 0x3FF0000000000000)]
    [InlineData(1, 0x4005BF0A8B145769)]
    [InlineData(-1, 0x3FD78B56362CEF38)]
    [InlineData(690, 0x7E26009282ABA144)]
    public void ExponentialHasKnownBits(double x, long bits) =>
        Assert.InRange(BitConverter.DoubleToInt64Bits(ElementaryFunctions.Exp(x)) - bits, -1, 1);

    private static decimal DecimalLog(double x)
    {
        var e = (int)Math.Floor(Math.Log2(x));
        var m = ExactNumbers.Of(x / Math.Pow(2, e));
        var s = (m - 1) / (m + 1);
        var (sum, power) = (0m, s);
        for (var i = 1; i < 121; i += 2)
        {
            sum += power / i;
            power *= s * s;
        }

        return (2 * sum) + (e * Ln2);
    }

    private static decimal DecimalExp(double x)
    {
        var exact = ExactNumbers.Of(x);
        var (sum, term) = (1m, 1m);
        for (var i = 1; i < 80; i++)
        {
            term *= exact / i;
            sum += term;
        }

        return sum;
    }
}
