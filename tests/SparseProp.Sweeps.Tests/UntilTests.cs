using CsCheck;
using SparseProp.Engine.Statistics;

namespace SparseProp.Sweeps.Tests;

public sealed class UntilTests
{
    private const string Condition = "until: { statistic: rate, ci: 1%, max_replicates: 8 }\n";

    [Theory]
    [InlineData("zip: { seed_ic: 1..3, seed_net: [5, 7, 6] }", "1-5 2-7 3-6 4-8 5-9 6-10 7-11 8-12", 5)]
    [InlineData("grid: { seed_net: [4, 2, 9, 1] }", "1-4 1-2 1-9 1-1 1-10 1-11 1-12 1-13", 5)]
    [InlineData("", "1-1 2-2 3-3 4-4 5-5 6-6 7-7 8-8", 5)]
    [InlineData("zip: { seed_ic: 6, seed_net: 2 }", "6-2 7-3 8-4 9-5 10-6 11-7 12-8 13-9", 5)]
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
    [InlineData("until: 3", "5:8: until: expected a condition but found 3; write until: { statistic: rate, ci: 1%, max_replicates: 64 }")]
    [InlineData("until: { statistic: rate, ci: 1% }", "5:8: until: max_replicates is missing; write until: { statistic: rate, ci: 1%, max_replicates: 64 }")]
    [InlineData("until: { statistic: raet, ci: 1%, max_replicates: 4 }", "5:21: statistic: raet is no statistic (did you mean `rate`?)")]
    [InlineData("until: { statistic: lv, ci: 1%, max_replicates: 4 }", "5:21: until: lv is not measured; ask for irregularity under `record`")]
    [InlineData("until: { statistic: rate, sem: 0, max_replicates: 4 }", "5:32: sem: 0 is reached by no number of replicates")]
    [InlineData("until: { statistic: rate, sem: x%, max_replicates: 4 }", "5:32: sem: `x` is not a number")]
    [InlineData("until: { statistic: rate, ci: 1%, max_replicates: 1 }", "5:51: max_replicates: 1 is no number of replicates; write an integer from 2 to 10000")]
    [InlineData("until: { statistic: rate, ci: 1%, max_replicates: 4 }\nzip: { seed_ic: 1..5 }", "5:1: until: the file names 5 seeds, more than max_replicates = 4")]
    [InlineData("until: { statistic: rate, ci: 1%, max_replicates: 4 }\nzip: { j0: [1, 2], seed_ic: 1..2 }", "6:8: j0: with `until`, the zip is for the seeds alone")]
    [InlineData("until: { statistic: rate, ci: 1%, max_replicates: 4 }\ngrid: { seed_net: 1..2, seed_ic: 1..2 }", "6:9: seed_net: with `until`, seeds move together; write both under `zip`")]
    public void WhatIsWrongIsToldAtItsPlace(string line, string error) =>
        Assert.StartsWith($"s.yaml:{error}", Sweeps.ErrorsOf(Sweeps.OnePoint + line), StringComparison.Ordinal);

    [Fact]
    public void TheConditionIsPartOfTheHash() =>
        Assert.NotEqual(
            Sweeps.Parse(Sweeps.OnePoint + Condition).Hash,
            Sweeps.Parse(Sweeps.OnePoint + Condition.Replace("1%", "0.9%", StringComparison.Ordinal)).Hash);

    [Theory]
    [InlineData("until: { statistic: rate, max_replicates: 4 }", "5:8: until: ci is missing")]
    [InlineData("until: { statistic: rate, ci: 1%, sem: 1%, max_replicates: 4 }", "5:35: until: sem and ci both say how well the mean is to be known")]
    [InlineData("until: { statistic: rate, ci: -1%, max_replicates: 4 }", "5:31: ci: -1% is reached by no number of replicates")]
    [InlineData("until: { statistic: rate, ci: 1%, cj: 1%, max_replicates: 4 }", "5:35: until: unknown key `cj` (did you mean `ci`?)")]
    public void TheIntervalIsAskedForInOneWay(string line, string error) =>
        Assert.StartsWith($"s.yaml:{error}", Sweeps.ErrorsOf(Sweeps.OnePoint + line), StringComparison.Ordinal);

    [Theory]
    [InlineData("0.5%")]
    [InlineData("0.02")]
    public void AStandardErrorIsShortForTheIntervalThatItMakesOfManyReplicates(string sem)
    {
        var until = Sweeps.Parse($"{Sweeps.OnePoint}until: {{ statistic: rate, sem: {sem}, max_replicates: 8 }}\n").Until!;

        Assert.Equal(sem == "0.5%" ? 1.96 * 0.005 : 1.96 * 0.02, until.HalfWidth, 15);
        Assert.Equal(sem == "0.5%", until.IsRelative);
    }

    [Theory]
    [InlineData(2, false, 64, new double[] { 1, 2, 3, 2, 1 }, 5)]
    [InlineData(1, false, 64, new double[] { 1, 2, 3, 2, 1 }, 6)]
    [InlineData(0.8, false, 64, new double[] { 1, 2, 3, 2, 1 }, 7)]
    [InlineData(0.1, false, 64, new double[] { 1, 2, 3, 2, 1 }, 10)]
    [InlineData(0.01, true, 64, new[] { 3.40, 3.42, 3.41, 3.39, 3.43 }, 5)]
    [InlineData(0.005, true, 64, new[] { 3.40, 3.42, 3.41, 3.39, 3.43 }, 6)]
    [InlineData(0.004, true, 64, new[] { 3.40, 3.42, 3.41, 3.39, 3.43 }, 8)]
    [InlineData(0.01, true, 64, new[] { 0.1, 0.1, 0.1, 0.1, 0.1 }, 10)]
    [InlineData(0.01, true, 64, new[] { 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 }, 10)]
    [InlineData(0.01, true, 64, new double[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }, 10)]
    [InlineData(0.01, true, 7, new double[] { 3, 3, 3, 3, 3 }, 7)]
    [InlineData(1e-9, true, 8, new double[] { 1, 2, 1, 2, 1, 2, 1 }, 8)]
    public void ReplicatesAreAddedUntilTheIntervalIsNarrowEnough(double ci, bool isRelative, int most, double[] values, int next) =>
        Assert.Equal(next, Rate(ci, isRelative, most).Next(values));

    [Theory]
    [InlineData(new[] { 1, 2, double.NaN, 3, double.PositiveInfinity, 2, 1 }, 8)]
    [InlineData(new[] { 1, double.NaN, double.NaN, double.NaN, double.NaN }, 10)]
    [InlineData(new[] { double.NaN, double.NaN, double.NaN, double.NaN, double.NaN }, 10)]
    [InlineData(
        new[] { double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN }, 10)]
    public void WhatHasNoValueTellsNothingOfTheMean(double[] values, int next) => Assert.Equal(next, Rate(1, false, 64).Next(values));

    [Theory]
    [InlineData(new double[] { 1, 2, 3, 2, 1 }, 1.8, 1.03885)]
    [InlineData(new[] { 3.40, 3.42, 3.41, 3.39, 3.43 }, 3.41, 0.0196324)]
    public void TheIntervalIsStudents(double[] values, double mean, double halfWidth)
    {
        var precision = Rate(0.3, true, 64).PrecisionOf(values);

        Assert.Equal((5, mean), (precision.Count, Math.Round(precision.Mean, 12)));
        Assert.Equal(halfWidth, precision.HalfWidth, 5);
        Assert.Equal(0.3 * mean, precision.Asked, 12);
    }

    [Fact]
    public void OneValueOrNoneIsNeverEnough() =>
        Assert.All([[], [1.0], [double.NaN, 1]], (double[] values) => Assert.False(Rate(1e9, false, 64).PrecisionOf(values).IsReached));

    [Fact]
    public void TheNumberGrowsAtMostTwofoldAndNeverBeyondTheMost() =>
        Gen.Select(Values, Gen.Double[1e-6, 1], Gen.Bool).Sample((values, ci, isRelative) =>
        {
            var next = Rate(ci, isRelative, 50).Next(values);
            Assert.InRange(next, values.Length, Math.Min(50, 2 * values.Length));
        });

    [Fact]
    public void TheOrderOfTheValuesDoesNotMatter() =>
        Gen.Select(Values, Gen.Double[1e-6, 1], Gen.Bool).SelectMany(drawn => Gen.Shuffle(drawn.Item1).Select(shuffled => (drawn, shuffled)))
            .Sample(both =>
            {
                var until = Rate(both.drawn.Item2, both.drawn.Item3, 50);
                Assert.Equal(until.PrecisionOf(both.drawn.Item1), until.PrecisionOf(both.shuffled));
                Assert.Equal(until.Next(both.drawn.Item1), until.Next(both.shuffled));
            });

    [Fact]
    public void NoFewerWouldDoAtThePresentSpread() =>
        Gen.Select(Gen.Double[0, 10].Array[5, 40], Gen.Double[0.01, 5]).Sample((values, ci) =>
        {
            var until = Rate(ci, false, 10_000);
            var (precision, next) = (until.PrecisionOf(values), until.Next(values));
            var deviation = precision.HalfWidth / HalfWidthOf(precision.Count);

            Assert.True(next == values.Length || HalfWidthOf(next - 1) * deviation > ci, "fewer would do");
            Assert.True(next == 2 * values.Length || HalfWidthOf(next) * deviation <= ci * (1 + 1e-12), "more are needed");

            static double HalfWidthOf(int count) => StudentQuantile.Of(count - 1) / Math.Sqrt(count);
        });

    private static Gen<double[]> Values =>
        Gen.Frequency((9, Gen.Double[0, 10]), (1, Gen.Const(double.NaN)), (1, Gen.Const(0.1))).Array[5, 40];

    private static Until Rate(double ci, bool isRelative, int most) => new(Statistic.Find("rate")!, ci, isRelative, 5, most);
}
