using SparseProp.Cluster.Coordination;
using SparseProp.Results;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class SharingTests
{
    private readonly SchedulerBench _bench = new();

    [Fact]
    public void TheLongestPointsGoFirst()
    {
        _bench.Add(new TestWorkload(100, index => index + 10));
        _bench.Join("a");
        for (var expected = 99; expected >= 90; expected--)
        {
            var grant = _bench.Granted("a");
            Assert.Equal(expected, Assert.Single(grant.Points).Index);
            _bench.FinishAll(grant);
        }
    }

    [Fact]
    public void ShortPointsAreLeasedTogether()
    {
        _bench.Add(new TestWorkload(10_000, _ => 0.001));
        _bench.Join("a");
        _bench.FinishAll(_bench.Granted("a"));

        Assert.Equal(new SchedulerOptions().MostPointsPerLease, _bench.Granted("a").Points.Count);
    }

    [Fact]
    public void SweepsOfHigherPriorityGoFirst()
    {
        _bench.Add(new TestWorkload(3), "low");
        _bench.Add(new TestWorkload(3), "high", priority: 1);
        _bench.Join("a");

        Assert.Equal(["high", "high", "high", "low"], Enumerable.Range(0, 4).Select(_ => _bench.Granted("a").Sweep));
    }

    [Fact]
    public void SweepsOfOnePriorityShareTheWork()
    {
        _bench.Add(new TestWorkload(1000, _ => 1), "short");
        _bench.Add(new TestWorkload(1000, _ => 10), "long");
        _bench.Join("a");
        var seconds = new Dictionary<string, double>();
        for (var grants = 0; grants < 110; grants++)
        {
            var grant = _bench.Granted("a");
            seconds[grant.Sweep] = seconds.GetValueOrDefault(grant.Sweep) + (grant.Points.Count * (grant.Sweep == "long" ? 10 : 1));
            _bench.FinishAll(grant);
        }

        Assert.InRange(seconds["short"] / seconds["long"], 0.8, 1.25);
    }

    [Fact]
    public void APausedSweepWaitsAndACancelledOneIsWithdrawn()
    {
        _bench.Add(new TestWorkload(9));
        _bench.Join("a");
        var grant = _bench.Granted("a");
        _bench.Apply(new SweepEvent.SweepPaused(_bench.Now, SchedulerBench.Sweep));
        Assert.IsType<SweepEffect.Hold>(Assert.Single(_bench.Ask("a")));
        Assert.Single(_bench.Apply(new SweepEvent.SweepResumed(_bench.Now, SchedulerBench.Sweep)).OfType<SweepEffect.Grant>());

        var withdrawn = _bench.Apply(new SweepEvent.SweepCancelled(_bench.Now, SchedulerBench.Sweep)).OfType<SweepEffect.Withdraw>();

        Assert.Equal(2, withdrawn.Count());
        Assert.Single(_bench.Report(grant, Points.Ok(grant.Points[0].Index)).OfType<SweepEffect.Record>());
    }

    [Fact]
    public void AReportOfARemovedSweepIsAcknowledged()
    {
        _bench.Add(new TestWorkload(1));
        _bench.Join("a");
        var grant = _bench.Granted("a");
        _bench.Apply(new SweepEvent.SweepRemoved(_bench.Now, SchedulerBench.Sweep));

        Assert.IsType<SweepEffect.Acknowledge>(Assert.Single(_bench.Report(grant, Points.Ok(0))));
    }

    [Fact]
    public void BeforeAllSweepsAreKnownAReportIsLeftToBeRepeated()
    {
        var bench = new SchedulerBench(loaded: false);
        bench.Join("a");

        Assert.Empty(bench.Apply(new SweepEvent.PointReported(bench.Now, "a", new(1, 1), SchedulerBench.Sweep, Points.Ok(0))));
    }

    [Fact]
    public void PointsAreLeasedOnlyWhereTheyFit()
    {
        _bench.Add(new TestWorkload(2, index => index + 1, index => index == 1 ? 500 : 10));
        _bench.Join("small", memory: 100);
        _bench.Join("large", memory: 1000);

        Assert.Equal(0, Assert.Single(_bench.Granted("small").Points).Index);
        Assert.IsType<SweepEffect.Hold>(Assert.Single(_bench.Ask("small")));
        Assert.Equal(1, Assert.Single(_bench.Granted("large").Points).Index);
    }

    [Fact]
    public void AWorkerIsKeptFreeForAPointThatNeedsItsMemory()
    {
        _bench.Add(new TestWorkload(20, index => 20 - index, index => index is 5 ? 950 : 100));
        _bench.Join("a", slots: 4, memory: 1000);
        var granted = new List<SweepEffect.Grant> { _bench.Granted("a") };
        while (_bench.Ask("a").OfType<SweepEffect.Grant>().FirstOrDefault() is { } grant)
        {
            granted.Add(grant);
        }

        Assert.DoesNotContain(granted.SelectMany(grant => grant.Points), point => point.Index == 5);
        granted.ForEach(_bench.FinishAll);

        Assert.Contains(
            _bench.Scheduler.Leases.SelectMany(lease => lease.Open.Keys), index => index == 5);
    }

    [Fact]
    public void APointThatFitsNowhereIsGivenUpByNameAfterTheGrace()
    {
        var bench = new SchedulerBench(new SchedulerOptions { MemoryGrace = TimeSpan.FromSeconds(60) });
        bench.Add(new TestWorkload(2, memory: index => index == 1 ? 5000 : 1));
        bench.Join("a");
        Assert.Empty(bench.Pass(TimeSpan.FromSeconds(59)).OfType<SweepEffect.GiveUp>());

        var given = Assert.Single(bench.Pass(TimeSpan.FromSeconds(1)).OfType<SweepEffect.GiveUp>());

        Assert.Equal((1, "memory"), (given.Index, given.Failure.Kind));
        Assert.StartsWith("point 1 needs", given.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStragglerIsCopiedOnceAndTheLoserIsToldToStop()
    {
        _bench.Add(new TestWorkload(1, _ => 1));
        _bench.Join("slow");
        _bench.Join("idle");
        _bench.Join("other");
        var slow = _bench.Granted("slow");
        _bench.Ask("idle");
        _bench.Ask("other");
        Assert.Empty(_bench.Pass(TimeSpan.FromSeconds(3.9)));

        var copy = Assert.Single(_bench.Pass(TimeSpan.FromSeconds(0.2)).OfType<SweepEffect.Grant>());
        var effects = _bench.Finish(copy, 0);

        Assert.Contains(effects, effect => effect is SweepEffect.Withdraw { Worker: "slow" } withdrawn && withdrawn.Lease == slow.Lease);
    }

    [Fact]
    public void ASampleIsVerifiedByAnotherWorkerBeforeTheSweepIsFinished()
    {
        _bench.Add(new TestWorkload(1), verify: 1);
        _bench.Join("a");
        _bench.Join("b");
        var first = _bench.Granted("a");
        Assert.DoesNotContain(_bench.Finish(first, 0), effect => effect is SweepEffect.Finish);
        Assert.IsType<SweepEffect.Hold>(Assert.Single(_bench.Ask("a")));

        var second = _bench.Granted("b");
        var again = Assert.Single(_bench.Report(first, Points.Ok(0)).OfType<SweepEffect.Record>());
        var repeated = _bench.Apply(new SweepEvent.PointRecorded(
            _bench.Now, SchedulerBench.Sweep, 0, RecordOutcome.Duplicate, Failed: false, again.Source));
        Assert.DoesNotContain(repeated, effect => effect is SweepEffect.Finish);

        Assert.Contains(_bench.Finish(second, 0, RecordOutcome.Duplicate), effect => effect is SweepEffect.Finish);
    }

    [Fact]
    public void AWorkerAloneVerifiesItsOwn()
    {
        _bench.Add(new TestWorkload(1), verify: 1);
        _bench.Join("a");
        _bench.Finish(_bench.Granted("a"), 0);

        Assert.Contains(
            _bench.Finish(_bench.Granted("a"), 0, RecordOutcome.Duplicate), effect => effect is SweepEffect.Finish);
    }
}
