using SparseProp.Cluster.Prediction;
using SparseProp.Cluster.Tests.Api;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Prediction;

public sealed class ReplicateSpreadTests : IDisposable
{
    private const int Most = 1000;

    private readonly SmallStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void AStoredReplicateIsTakenAsItIsAndTheOthersScatterAlike()
    {
        var plan = Plan("10%");
        var stored = StoreReader.Read(_store.Folder, only: PointStatus.Ok).Select(record => record.Result!.RateHz).ToList();

        var spread = ReplicateSpread.In(plan, _store.Folder)!;
        var values = spread.Outcomes().ValueOf;

        Assert.Equal(1, spread.KnownPoints);
        Assert.Equal(stored, [values(0), values(1), values(Most)]);
        var (mean, deviation) = ((stored[0] + stored[1]) / 2, Math.Abs(stored[0] - stored[1]) / Math.Sqrt(2));
        AssertScattered([.. Enumerable.Range(2, Most - 2).Select(index => values(index))], mean, deviation);
        AssertScattered([.. Enumerable.Range(Most + 1, Most - 1).Select(index => values(index))], stored[2], deviation / mean * stored[2]);
    }

    [Fact]
    public void WhatIsExpectedLiesBetweenTheLeastAndTheMost()
    {
        var plan = Plan("0.2%");

        var prediction = MakespanPrediction.OfReplicates(plan, new(4, 4), ReplicateSpread.In(plan, _store.Folder));
        var unknown = MakespanPrediction.OfReplicates(plan, new(4, 4), spread: null);

        Assert.Equal((2 * 5, 2 * Most), (prediction.AtLeast.Points, prediction.AtMost.Points));
        Assert.InRange(prediction.Expected!.Points, prediction.AtLeast.Points + 1, prediction.AtMost.Points - 1);
        Assert.InRange(prediction.Expected.MakespanSeconds, prediction.AtLeast.MakespanSeconds, prediction.AtMost.MakespanSeconds);
        Assert.Equal(prediction with { Expected = null }, unknown);
        Assert.Throws<ArgumentException>(() => MakespanPrediction.Of(plan, new(4, 4)));
    }

    [Fact]
    public void OneReplicateOfEachPointSaysNothing() =>
        Assert.Null(ReplicateSpread.In(new SweepPlan(SweepFile.Parse(
            SmallStore.Text.Replace("1..2", "2..3", StringComparison.Ordinal) + "\nuntil: { statistic: rate, ci: 2%, max_replicates: 8 }",
            "small.yaml")), _store.Folder));

    private static void AssertScattered(IReadOnlyList<double> values, double mean, double deviation)
    {
        Assert.InRange(values.Average(), mean - (0.2 * deviation), mean + (0.2 * deviation));
        Assert.InRange(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 0.9 * deviation, 1.1 * deviation);
    }

    private static SweepPlan Plan(string ci) =>
        new(SweepFile.Parse($"{SmallStore.Text}\nuntil: {{ statistic: rate, ci: {ci}, max_replicates: {Most} }}", "small.yaml"));
}
