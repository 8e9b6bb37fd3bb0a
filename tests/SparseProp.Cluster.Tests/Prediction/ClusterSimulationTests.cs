using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Prediction;
using SparseProp.Cluster.Tests.Coordination;
using SparseProp.Engine.Statistics;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Prediction;

public sealed class ClusterSimulationTests
{
    private static readonly SchedulerOptions FileOrder = new() { Order = PointOrder.FileOrder };

    [Fact]
    public void LongestFirstBeatsFileOrderOnALogSpacedSweepAndComesNearTheLowerBound()
    {
        var shape = new ClusterShape(16, 8);

        var longestFirst = ClusterSimulation.Run(LogSpaced(), shape, new());
        var fileOrder = ClusterSimulation.Run(LogSpaced(), shape, FileOrder);

        Assert.InRange(longestFirst.MakespanSeconds / longestFirst.LowerBoundSeconds, 1, 1.05);
        Assert.True(
            fileOrder.MakespanSeconds > 1.2 * longestFirst.MakespanSeconds,
            $"{fileOrder.MakespanSeconds} s in file order and {longestFirst.MakespanSeconds} s longest first");
    }

    [Fact]
    public void MoreWorkersAreFaster()
    {
        var makespans = Enumerable.Range(0, 5)
            .Select(doublings => 1 << doublings)
            .Select(workers => ClusterSimulation.Run(LogSpaced(), new(workers, 8), new()).MakespanSeconds)
            .ToList();

        Assert.All(makespans.Zip(makespans.Skip(1)), pair => Assert.True(pair.Second < 0.6 * pair.First));
    }

    [Fact]
    public void ALonePointTakesItsTimeAndTheMessages()
    {
        var prediction = ClusterSimulation.Run(ListedWorkload.Even(1, seconds: 10), new(1, 1), new());

        // Request, grant, report, and a sync.
        Assert.Equal(10 + 0.003 + 0.005, prediction.MakespanSeconds, 1e-6);
        Assert.Equal((1, 10, 10), (prediction.Leases, prediction.BusySeconds, prediction.LowerBoundSeconds));
    }

    [Fact]
    public void ShortPointsKeepTheSlotsBusyInSpiteOfTheNetwork()
    {
        var prediction = ClusterSimulation.Run(
            ListedWorkload.Even(20_000, seconds: 0.01), new(4, 4), new(), new() { Latency = TimeSpan.FromMilliseconds(5) });

        Assert.InRange(prediction.Utilisation, 0.97, 1);
    }

    [Fact]
    public void PointsThatFitNowhereAreCountedAndTheRestRuns()
    {
        var work = ListedWorkload.Of((1, 10), (1, 100), (1, 2000), (1, 5000));

        var prediction = ClusterSimulation.Run(work, new(2, 2, MemoryBytes: 1000), new());

        Assert.Equal((2, 2), (prediction.Points, prediction.GivenUp));
        Assert.Equal(2, prediction.WorkSeconds);
    }

    [Fact]
    public void MemoryIsRespectedThoughItCostsTime()
    {
        var ample = ClusterSimulation.Run(ListedWorkload.Even(16, seconds: 10, bytes: 600), new(1, 4, 10_000), new());
        var scarce = ClusterSimulation.Run(ListedWorkload.Even(16, seconds: 10, bytes: 600), new(1, 4, 1000), new());

        Assert.InRange(ample.MakespanSeconds, 40, 41);
        Assert.InRange(scarce.MakespanSeconds, 160, 161);
    }

    [Fact]
    public void PointsThatTakeLongerThanEstimatedAreCopiedAndNothingIsLost()
    {
        var prediction = ClusterSimulation.Run(
            ListedWorkload.Even(200, seconds: 30), new(8, 2), new(), new() { Noise = 0.8 });

        Assert.True(prediction.Copies > 0);
        Assert.True(prediction.MakespanSeconds >= prediction.LowerBoundSeconds);
    }

    [Fact]
    public void TheSameSweepIsPredictedTheSame() => Assert.Equal(
        ClusterSimulation.Run(LogSpaced(), new(7, 3), new(), new() { Noise = 0.3 }),
        ClusterSimulation.Run(LogSpaced(), new(7, 3), new(), new() { Noise = 0.3 }));

    [Theory]
    [InlineData(0.1, 5, 1)]
    [InlineData(0, 10, 2)]
    [InlineData(0.5, 13, 3)]
    [InlineData(double.PositiveInfinity, 16, 3)]
    public void ReplicatesAreAddedInRoundsAsTheirSpreadAsks(double spread, int replicates, int rounds)
    {
        // Values of mean 1 that scatter by a constant amount, half above and half below; the interval is to be ±32 %.
        const int groups = 5;
        var until = new Until(Statistic.Find("rate")!, 0.32, IsRelative: true, FirstReplicates: 5, MostReplicates: 16);
        var outcomes = double.IsInfinity(spread)
            ? ReplicateOutcomes.Unlike(until)
            : new ReplicateOutcomes(until, index => 1 + (index % 2 == 0 ? spread : -spread));

        var prediction = ClusterSimulation.Run(ListedWorkload.Even(groups * 16, seconds: 10), new(1, 64), new(), outcomes: outcomes);

        // With more slots than points, a round takes as long as a point: 5; 5, 10; 5, 10, 13; 5, 10, 16.
        Assert.Equal((groups * replicates, 0), (prediction.Points, prediction.Copies));
        Assert.Equal((groups * replicates * 10.0, 10), (prediction.WorkSeconds, prediction.LongestPointSeconds));
        Assert.InRange(prediction.MakespanSeconds, rounds * 10.0, (rounds * 10.0) + 2);
    }

    /// <summary>n from 10^3 to 10^7 in 41 steps, 50 seeds each, in the order of n; seconds and bytes in proportion to n.</summary>
    private static ListedWorkload LogSpaced()
    {
        var sizes = Enumerable.Range(0, 41).Select(step => Math.Pow(10, 3 + (step / 10.0))).ToList();
        return new ListedWorkload(
            [.. Enumerable.Range(0, sizes.Count * 50).Select(index => index / 50)],
            [.. sizes.Select(n => (n * 2e-5, new PointMemory((long)(n * 100), (long)(n * 500))))]);
    }
}
