using SparseProp.Cluster.Metrics;

namespace SparseProp.Cluster.Tests.Metrics;

public sealed class CoordinatorTallyTests
{
    private static readonly ClusterFigures Empty = new(1, 0, [], []);

    private readonly SetClock _clock = new();
    private readonly CoordinatorTally _tally;

    public CoordinatorTallyTests() => _tally = new CoordinatorTally(_clock);

    [Fact]
    public void ASweepThatEndedIsShownForAnHour()
    {
        _tally.AddRecorded("a", failed: false);
        _tally.Count(Empty with { Sweeps = [Figures("a")] });
        _tally.End(Figures("a"));

        _clock.Now += CoordinatorTally.Remembrance;
        var kept = _tally.Count(Empty);
        _clock.Now += TimeSpan.FromSeconds(1);
        var forgotten = _tally.Count(Empty);

        Assert.Equal(["a"], kept.Ended.Select(sweep => sweep.Name));
        Assert.Equal([("a", 1L)], kept.Recorded);
        Assert.Empty(forgotten.Ended);
        Assert.Empty(forgotten.Recorded);
    }

    [Fact]
    public void ASweepThatGoesOnAfterItsEndIsShownOnce()
    {
        _tally.End(Figures("a"));

        var counts = _tally.Count(Empty with { Sweeps = [Figures("a")] });

        Assert.Empty(counts.Ended);
    }

    [Fact]
    public void AWorkerIsForgottenAnHourAfterItIsGoneAndNotBefore()
    {
        _tally.AddWork("w", 1.5, 10);
        var present = Empty with { Workers = [new("w", 1, WorkerState.Idle)] };
        for (var hours = 0; hours < 5; hours++)
        {
            _clock.Now += CoordinatorTally.Remembrance;
            Assert.Equal([("w", 1.5, 10L)], _tally.Count(present).Work);
        }

        _clock.Now += CoordinatorTally.Remembrance;
        Assert.Single(_tally.Count(Empty).Work);
        _clock.Now += TimeSpan.FromSeconds(1);
        Assert.Empty(_tally.Count(Empty).Work);
    }

    [Fact]
    public void WorkersThatComeAndGoDoNotAddUp()
    {
        for (var i = 0; i < 1000; i++)
        {
            _clock.Now += TimeSpan.FromMinutes(1);
            _tally.AddWork($"w{i}", 1, 1);
            Assert.InRange(_tally.Count(Empty).Work.Count, 1, 61);
        }
    }

    private static SweepFigures Figures(string name) => new(name, 0, 0, 1, 0, 0, IsLeasing: false, IsStuck: false);
}
