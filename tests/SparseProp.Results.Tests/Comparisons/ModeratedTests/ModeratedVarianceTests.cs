using SparseProp.Results.Comparisons.ModeratedTests;

namespace SparseProp.Results.Tests.Comparisons.ModeratedTests;

public sealed class ModeratedVarianceTests
{
    private const int Freedom = 4;

    [Fact]
    public void VariancesThatScatterAsSamplingDoesAreDrawnTowardsTheOtherGroups() => AssertGolden(
        [[1, 4, 9, 0.5], [2, 8, 8, 1], [0.5, 3, 30, 0.25]], row: 0, priorFreedom: 7.14939, [1.08467, 4.99124, 14.47451, 0.54233]);

    [Fact]
    public void VariancesThatScatterMoreAreDrawnLess() => AssertGolden(
        [[1, 4, 9, 0.5], [6, 0.4, 90, 1], [0.1, 3, 1, 9]], row: 1, priorFreedom: 1.088172, [4.74482, 0.62112, 71.0179, 0.97393]);

    [Fact]
    public void TooFewGroupsSayNothing()
    {
        // Two groups of seven statistics: seven degrees of freedom.
        var cells = Enumerable.Range(0, 14).Select(i => (i % 7, 1.0 + i, Freedom)).ToList();

        Assert.All(ModeratedVariance.Of(cells).Zip(cells), one => Assert.Equal(new ModeratedVariance(one.Second.Item2, 0), one.First));
        Assert.All(ModeratedVariance.Of([.. cells, (6, 3.0, Freedom)]), one => Assert.InRange(one.PriorFreedom, double.Epsilon, 8));
    }

    [Fact]
    public void AGroupWithoutSpreadIsGivenThatOfTheOthersAndGivesNone()
    {
        var cells = Enumerable.Range(0, 30).Select(i => (i % 3, 2.0, Freedom)).ToList();

        var moderated = ModeratedVariance.Of([.. cells, (0, 0.0, Freedom)]);

        Assert.Equal(ModeratedVariance.Of(cells)[0], moderated[0]);
        Assert.InRange(moderated[^1].Value, 0.5, 2);
        Assert.Equal(8, moderated[^1].PriorFreedom);
    }

    [Theory]
    [InlineData(1, 1.6449340668)]
    [InlineData(2, 0.6449340668)]
    [InlineData(0.5, 4.9348022005)]
    [InlineData(10, 0.1051663357)]
    public void TrigammaIsWhatTablesSay(double x, double expected)
    {
        Assert.Equal(expected, Trigamma.Of(x), 1e-6);
        Assert.Equal(Math.Min(x, 4), Trigamma.Inverse(Trigamma.Of(x), most: 4), 1e-7);
    }

    [Fact]
    public void TheInverseOfTrigammaHoldsOverManyDecades() =>
        Assert.All(Enumerable.Range(-6, 12).Select(e => Math.Pow(10, e / 2.0)), x =>
            Assert.Equal(1, Trigamma.Inverse(Trigamma.Of(x), 1e4) / x, 1e-6));

    private static void AssertGolden(double[][] variances, int row, double priorFreedom, double[] expected)
    {
        var cells = variances.SelectMany(group => group.Select((variance, statistic) => (statistic, variance, Freedom))).ToList();

        var moderated = ModeratedVariance.Of(cells).Skip(row * 4).Take(4).ToList();

        Assert.All(moderated, one => Assert.Equal(priorFreedom, one.PriorFreedom, 1e-5));
        Assert.Equal(expected, moderated.Select(one => one.Value), (x, y) => Math.Abs(x - y) < 1e-5 * Math.Max(1, x));
    }
}
