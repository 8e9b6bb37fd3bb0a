using CsCheck;
using SparseProp.Engine;

namespace SparseProp.Sweeps.Tests;

public sealed class UntilTests
{
    private const string Condition = "until: { statistic: rate, sem: 0.5%, max_replicates: 8 }\n";

    [Theory]
    [InlineData("zip: { seed_ic: 1..3, seed_net: [5, 7, 6] }", "1-5 2-7 3-6 4-8 5-9 6-10 7-11 8-12", 3)]
    [InlineData("grid: { seed_net: [4, 2, 9, 1] }", "1-4 1-2 1-9 1-1 1-10 1-11 1-12 1-13", 4)]
    [InlineData("", "1-1 2-2 3-3 4-4 5-5 6-6 7-7 8-8", 3)]
    [InlineData("zip: { seed_ic: 6, seed_net: 2 }", "6-2 7-3 8-4 9-5 10-6 11-7 12-8 13-9", 3)]
    public void SeedsGoOnFromTheLargest(string seeds, string expected, int first)
    {
        var plan = Sweeps.Plan(Sweeps.OnePoint + Condition + seeds);

        Assert.Equal(expected, string.Join(' ', Enumerable.Range(0, (int)plan.Count).Select(i => $"{plan[i].SeedIc}-{plan[i].SeedNet}")));
        Assert.Equal((first, 8), (plan.Spec.Until!.FirstReplicates, plan.Spec.Until.MostReplicates));
    }

    [Fact]
    public void ReplicatesOfAGroupHaveSuccessiveIndices()
    {
        var plan = Sweeps.Plan("name: t\nmodel: lif\nstop: { spikes: 1 }\ngrid: { seed_ic: 1..2, n: [50, 60] }\nfixed: { k: 5 }\n" + Condition);

        Assert.Equal(16, plan.Count);
        Assert.Equal([50, 50, 60, 60], Enumerable.Range(0, 16).Where(i => i % 8 is 0 or 7).Select(i => plan[i].N));
    }

    [Theory]
    [InlineData("until: 3", "5:8: until: expected a condition but found 3; write until: { statistic: rate, sem: 0.5%, max_replicates: 64 }")]
    [InlineData("until: { statistic: rate, sem: 1% }", "5:8: until: max_replicates is missing; write until: { statistic: rate, sem: 0.5%, max_replicates: 64 }")]
    [InlineData("until: { statistic: raet, sem: 1%, max_replicates: 4 }", "5:21: statistic: raet is no statistic (did you mean `rate`?)")]
    [InlineData("until: { statistic: lv, sem: 1%, max_replicates: 4 }", "5:21: until: lv is not measured; ask for irregularity under `record`")]
    [InlineData("until: { statistic: rate, sem: 0, max_replicates: 4 }", "5:32: sem: 0 is reached by no number of replicates")]
    [InlineData("until: { statistic: rate, sem: x%, max_replicates: 4 }", "5:32: sem: `x` is not a number")]
    [InlineData("until: { statistic: rate, sem: 1%, max_replicates: 1 }", "5:52: max_replicates: 1 is no number of replicates; write an integer from 2 to 10000")]
    [InlineData("until: { statistic: rate, sem: 1%, max_replicates: 4 }\nzip: { seed_ic: 1..5 }", "5:1: until: the file names 5 seeds, more than max_replicates = 4")]
    [InlineData("until: { statistic: rate, sem: 1%, max_replicates: 4 }\nzip: { j0: [1, 2], seed_ic: 1..2 }", "6:8: j0: with `until`, the zip is for the seeds alone")]
    [InlineData("until: { statistic: rate, sem: 1%, max_replicates: 4 }\ngrid: { seed_net: 1..2, seed_ic: 1..2 }", "6:9: seed_net: with `until`, seeds move together; write both under `zip`")]
    public void WhatIsWrongIsToldAtItsPlace(string line, string error) =>
        Assert.StartsWith($"s.yaml:{error}", Sweeps.ErrorsOf(Sweeps.OnePoint + line), StringComparison.Ordinal);

    [Fact]
    public void TheConditionIsPartOfTheHash() =>
        Assert.NotEqual(
            Sweeps.Parse(Sweeps.OnePoint + Condition).Hash,
            Sweeps.Parse(Sweeps.OnePoint + Condition.Replace("0.5%", "0.4%", StringComparison.Ordinal)).Hash);

    [Theory]
    [InlineData(0.1, true, new[] { 1.0, 1.0, 1.0 }, 3)]
    [InlineData(0.5, false, new[] { 1.0, 2.0, 3.0 }, 4)]
    [InlineData(0.6, false, new[] { 1.0, 2.0, 3.0 }, 3)]
    [InlineData(0.1, false, new[] { 1.0, 2.0, 3.0 }, 6)]
    [InlineData(0.3, true, new[] { 1.0, 2.0, 3.0 }, 3)]
    [InlineData(0.25, true, new[] { 1.0, 2.0, 3.0 }, 4)]
    [InlineData(0.1, true, new[] { 1.0, double.NaN, double.NaN }, 4)]
    [InlineData(0.1, true, new[] { 1.0, double.NaN, 1.0 }, 3)]
    [InlineData(1e-9, true, new[] { 1.0, 2, 1, 2, 1, 2, 1 }, 8)]
    public void ReplicatesAreAddedBySpread(double sem, bool isRelative, double[] values, int next) =>
        Assert.Equal(next, new Until(Statistic.Find("rate")!, sem, isRelative, 3, 8).Next(values));

    [Fact]
    public void TheNumberGrowsAtMostTwofoldAndNeverBeyondTheMost() =>
        Gen.Select(Gen.Double[0, 10].Array[2, 40], Gen.Double[1e-6, 1]).Sample((values, sem) =>
        {
            var next = new Until(Statistic.Find("rate")!, sem, true, 3, 50).Next(values);
            Assert.InRange(next, values.Length, Math.Min(50, 2 * values.Length));
        });
}
