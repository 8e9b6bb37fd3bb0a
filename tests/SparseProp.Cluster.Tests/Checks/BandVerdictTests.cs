using CsCheck;
using SparseProp.Execution.Checks;
using SparseProp.Results.Tables;

namespace SparseProp.Cluster.Tests.Checks;

public sealed class BandVerdictTests
{
    private const double Infinite = double.PositiveInfinity;

    // Of 1, 2, 3, 2, 1: mean 1.8, half width 1.03885.
    [Theory]
    [InlineData(0.76, 2.84, "met")]
    [InlineData(0.77, 2.84, "undecided")]
    [InlineData(0.76, 2.83, "undecided")]
    [InlineData(-Infinite, 2.84, "met")]
    [InlineData(0.77, Infinite, "undecided")]
    [InlineData(2.83, 9, "undecided")]
    [InlineData(2.84, 9, "not_met")]
    [InlineData(-9, 0.77, "undecided")]
    [InlineData(-9, 0.76, "not_met")]
    [InlineData(1.7, 1.9, "undecided")]
    public void TheIntervalIsHeldAgainstTheBand(double min, double max, string verdict) =>
        Assert.Equal(verdict, BandVerdict.Of(Estimate(1, 2, 3, 2, 1), min, max).Name);

    [Theory]
    [InlineData("met", 3.0)]
    [InlineData("not_met", 4.1)]
    [InlineData("met", 3.0, 3.0, 3.0)]
    [InlineData("not_met", 4.1, 4.1, 4.1)]
    [InlineData("met", 4.0, 4.0)]
    [InlineData("not_met")]
    public void OneSeedOrEqualOnesDecideByTheMean(string verdict, params double[] values) =>
        Assert.Equal(new BandVerdict(verdict), BandVerdict.Of(Estimate(values), 2, 4));

    [Fact]
    public void AsManySeedsAsAreNamedWouldDecideAndOneFewerWouldNot() =>
        Gen.Select(Gen.Double[0, 10].Array[2, 30], Gen.Double[-2, 12], Gen.Double[0.01, 5]).Sample((values, min, width) =>
        {
            var estimate = Estimate(values);
            var verdict = BandVerdict.Of(estimate, min, min + width);
            if (verdict.SeedsNeeded is not { } seeds)
            {
                return;
            }

            Assert.True(seeds > values.Length);
            Assert.NotEqual(BandVerdict.Undecided, BandVerdict.Of(AsOf((int)seeds), min, min + width).Name);
            Assert.True(seeds == values.Length + 1 || BandVerdict.Of(AsOf((int)seeds - 1), min, min + width).Name == BandVerdict.Undecided);

            // The same mean and spread from another number of seeds. The interval is a hair narrower, so that rounding does not decide.
            Estimate AsOf(int count) => estimate with { StandardError = estimate.StandardError * Math.Sqrt((double)values.Length / count) * (1 - 1e-12), Count = count };
        });

    [Fact]
    public void NoNumberOfSeedsDecidesOnTheEdge() =>
        Assert.Equal(new BandVerdict("undecided"), BandVerdict.Of(Estimate(1, 2, 3), 2, 9));

    private static Estimate Estimate(params double[] values)
    {
        var builder = new EstimateBuilder();
        foreach (var value in values)
        {
            builder.Add(value);
        }

        return builder.Build();
    }
}
