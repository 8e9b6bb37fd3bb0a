using CsCheck;
using SparseProp.Results.Plots;

namespace SparseProp.Results.Tests.Plots;

public sealed class PowerLawTests
{
    [Fact]
    public void AnExactPowerLawIsFoundWithoutError() =>
        Gen.Select(Gen.Double[1e-6, 1e6], Gen.Double[-4, 4], Gen.Double[0.1, 100], Gen.Int[3, 20]).Sample((a, b, first, count) =>
        {
            var points = Enumerable.Range(0, count).Select(i => Point(first * Math.Pow(1.7, i), a * Math.Pow(first * Math.Pow(1.7, i), b)));

            var fit = PowerLaw.Fit(points, out _)!;

            Assert.Equal(b, fit.Exponent, 1e-9);
            Assert.Equal(0, Math.Log(fit.Coefficient / a), 1e-8);
            Assert.InRange(fit.HalfWidth, 0, 1e-8);
            Assert.Equal(count, fit.Points);
            Assert.Equal(fit.Coefficient * Math.Pow(first, fit.Exponent), fit.At(first), 1e-9 * fit.At(first));
        });

    [Fact]
    public void TheIntervalIsThatOfStudentsDistributionWithTwoDegreesFewerThanPoints()
    {
        // Logarithms (0, 0), (1, 1.5), (2, 2): slope 1, squares of the residuals 1/6, of x 2, t 12.7062.
        var fit = PowerLaw.Fit([Point(1, 1), Point(Math.E, Math.Exp(1.5)), Point(Math.Exp(2), Math.Exp(2))], out var refusal)!;

        Assert.Null(refusal);
        Assert.Equal(1, fit.Exponent, 1e-12);
        Assert.Equal(12.706205 * Math.Sqrt(1.0 / 12), fit.HalfWidth, 1e-5);
        Assert.Equal((fit.Exponent - fit.HalfWidth, fit.Exponent + fit.HalfWidth), (fit.Low, fit.High));
        Assert.Equal(Math.Exp(1.0 / 6), fit.Coefficient, 1e-12);
    }

    [Fact]
    public void APointHasTheWeightOfItsReplicates()
    {
        // Logarithms (0, 0), (1, 1) and twice (2, 4): slope 5.75/2.75.
        var fit = PowerLaw.Fit([Point(1, 1), Point(Math.E, Math.E), Point(Math.Exp(2), Math.Exp(4), count: 2)], out _)!;

        Assert.Equal(5.75 / 2.75, fit.Exponent, 1e-12);
    }

    [Fact]
    public void TheIntervalHoldsTheTrueExponentInNineteenOfTwentyCases()
    {
        var random = new Random(7);
        const int cases = 4000;
        var held = 0;
        for (var i = 0; i < cases; i++)
        {
            var points = Enumerable.Range(0, 5).Select(j => Point(Math.Pow(10, j), Math.Exp((0.3 * j * Math.Log(10)) + (0.2 * Normal(random)))));
            var fit = PowerLaw.Fit(points, out _)!;
            held += fit.Low <= 0.3 && 0.3 <= fit.High ? 1 : 0;
        }

        // Four standard errors of a share of 0.95.
        Assert.InRange((double)held / cases, 0.95 - 0.014, 0.95 + 0.014);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void FewerThanThreePointsAreRefusedInWords(int count)
    {
        var fit = PowerLaw.Fit(Enumerable.Range(1, count).Select(x => Point(x, x)), out var refusal);

        Assert.Null(fit);
        Assert.StartsWith($"{count} point", refusal, StringComparison.Ordinal);
        Assert.EndsWith("it takes 3", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatHasNoLogarithmDoesNotCount()
    {
        FigurePoint[] good = [Point(1, 1), Point(2, 3), Point(4, 5)];

        Assert.Equal(PowerLaw.Fit(good, out _), PowerLaw.Fit([.. good, Point(-1, 1), Point(8, 0), Point(16, double.NaN)], out _));
    }

    [Theory]
    [InlineData(3, 12.7062047)]
    [InlineData(4, 4.3026527)]
    [InlineData(5, 3.1824463)]
    [InlineData(12, 2.2281389)]
    [InlineData(31, 2.0452296)]
    public void QuantilesAreThoseOfTheTables(int count, double quantile)
    {
        var points = Enumerable.Range(0, count).Select(i => (X: (double)i, Y: i switch { 0 => 1.0, 1 => -1.0, _ => 0.0 })).ToList();
        var meanX = points.Average(p => p.X);
        var squares = points.Sum(p => Math.Pow(p.X - meanX, 2));
        var slope = points.Sum(p => (p.X - meanX) * p.Y) / squares;
        var residuals = points.Sum(p => Math.Pow(p.Y - (slope * (p.X - meanX)), 2));

        var fit = PowerLaw.Fit(points.Select(p => Point(Math.Exp(p.X), Math.Exp(p.Y))), out _)!;

        Assert.Equal(quantile, fit.HalfWidth / Math.Sqrt(residuals / (count - 2) / squares), 1e-6);
    }

    private static FigurePoint Point(double x, double y, int count = 1) => new(x, y, double.NaN, count);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
