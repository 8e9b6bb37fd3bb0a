using CsCheck;
using SparseProp.Results.Plots;

namespace SparseProp.Results.Tests.Plots;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.25, "0.25")]
    [InlineData(20000, "20000")]
    [InlineData(-0.5, "−0.5")]
    [InlineData(3e-7, "3×10⁻⁷")]
    [InlineData(-1.5e6, "−1.5×10⁶")]
    [InlineData(1e5, "10⁵")]
    [InlineData(-1e12, "−10¹²")]
    [InlineData(0.0, "0")]
    public void NumbersAreWrittenAsInPapers(double value, string text) => Assert.Equal(text, NumberText.Of(value));

    [Fact]
    public void ZeroHasNoSign() => Assert.Equal("0", NumberText.Of(-0.0));

    [Fact]
    public void ANumberIsReadBackToTwelveDigits() =>
        Gen.Select(Gen.Double[-1, 1], Gen.Int[-300, 300]).Sample((mantissa, exponent) =>
        {
            var value = mantissa * Math.Pow(10, exponent);

            Assert.Equal(value, Plotted.NumberIn(NumberText.Of(value)), 1e-11 * Math.Abs(value));
        });

    [Theory]
    [InlineData(0.2512, 0.0123, "0.251 ± 0.012")]
    [InlineData(1234.5, 67.8, "1234 ± 68")]
    [InlineData(-0.00004, 0.05, "0.000 ± 0.050")]
    [InlineData(-0.12, 0.37, "−0.12 ± 0.37")]
    [InlineData(1.15e8, 5e6, "(1.150 ± 0.050)×10⁸")]
    [InlineData(444.72, 0, "444.72 ± 0")]
    [InlineData(5, 1e-15, "5 ± 0")]
    public void AnErrorHasTwoDigitsAndItsValueAsMany(double value, double error, string text) =>
        Assert.Equal(text, NumberText.WithError(value, error));
}
