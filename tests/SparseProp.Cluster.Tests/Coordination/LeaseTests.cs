using SparseProp.Cluster.Coordination;
using SparseProp.Results;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class LeaseTests
{
    private static readonly SchedulerOptions Options = new();

    private readonly SchedulerBench _bench = new(Options);

    [Fact]
    public void ARepeatedRequestGetsTheSameLease()
    {
        Start(points: 10, "a");

        var first = _bench.Granted("a");
        var again = Assert.Single(_bench.AskAgain("a").OfType<SweepEffect.Grant>());

        Assert.Equal(first.Lease, again.Lease);
        Assert.Equal(first.Points, again.Points);
    }

    [Fact]
    public void ARepeatThatComesAfterTheLeaseWasWorkedOffIsNotAnswered()
    {
        Start(points: 10, "a");
        _bench.FinishAll(_bench.Granted("a"));

        Assert.Empty(_bench.AskAgain("a"));
    }

    [Fact]
    public void ARepeatAfterTheLeaseWasWithdrawnGetsAnother()
    {
        Start(points: 10, "a");
        _bench.Granted("a");
        _bench.Apply(new SweepEvent.SweepCancelled(_bench.Now, SchedulerBench.Sweep));
        _bench.Apply(new SweepEvent.SweepResumed(_bench.Now, SchedulerBench.Sweep));

        Assert.Single(_bench.AskAgain("a").OfType<SweepEffect.Grant>());
    }

    [Fact]
    public void AnUnknownWorkerIsAskedWhoItIs()
    {
        _bench.Add(new TestWorkload(1));

        Assert.Equal(new SweepEffect.Introduce("a"), Assert.Single(_bench.Ask("a")));
    }

    [Fact]
    public void WorkThatTurnsUpIsGrantedToWhoeverWaits()
    {
        Start(points: 1, "a", "b");
        _bench.Granted("a");
        Assert.IsType<SweepEffect.Hold>(Assert.Single(_bench.Ask("b")));

        var grant = Assert.Single(_bench.Apply(new SweepEvent.WorkerLost(_bench.Now, "a")).OfType<SweepEffect.Grant>());

        Assert.Equal(("b", 1), (grant.Worker, grant.Request));
        Assert.Equal(0, Assert.Single(grant.Points).Index);
    }

    [Fact]
    public void ALeaseHoldsUntilItsLastInstant()
    {
        Start(points: 1, "a");
        _bench.Granted("a");

        Assert.Empty(_bench.Pass(Options.LeaseTime - TimeSpan.FromTicks(1)));
        var expired = _bench.Pass(TimeSpan.FromTicks(1));
        Assert.IsType<SweepNotice.LeaseExpired>(Assert.Single(expired.OfType<SweepEffect.Announce>()).Notice);
    }

    [Fact]
    public void ALeaseThatIsHeldLivesOn()
    {
        Start(points: 1, "a");
        var grant = _bench.Granted("a");
        _bench.Now += Options.LeaseTime / 2;
        _bench.Apply(new SweepEvent.LeasesHeld(_bench.Now, "a", [SchedulerBench.Held(grant)]));

        Assert.Empty(_bench.Pass(Options.LeaseTime / 2));
    }

    [Fact]
    public void AResultThatArrivesAfterItsLeaseExpiredStillCounts()
    {
        Start(points: 1, "a");
        var grant = _bench.Granted("a");
        _bench.Pass(Options.LeaseTime);

        var effects = _bench.Finish(grant, 0);

        Assert.Contains(new SweepEffect.Finish(SchedulerBench.Sweep), effects);
    }

    [Fact]
    public void AReportIsAcknowledgedOnlyWhenItIsRecorded()
    {
        Start(points: 2, "a");
        var grant = _bench.Granted("a");

        var record = Assert.IsType<SweepEffect.Record>(Assert.Single(_bench.Report(grant, Points.Ok(0))));

        var recorded = _bench.Apply(new SweepEvent.PointRecorded(
            _bench.Now, SchedulerBench.Sweep, 0, RecordOutcome.Recorded, Failed: false, record.Source));
        Assert.Contains(new SweepEffect.Acknowledge(record.Source), recorded);
    }

    [Fact]
    public void ReturnedPointsGoToWhoeverWaits()
    {
        Start(points: 1, "a", "b");
        var grant = _bench.Granted("a");
        _bench.Ask("b");

        var effects = _bench.Apply(new SweepEvent.PointsReturned(_bench.Now, "a", grant.Lease, [0]));

        Assert.Equal("b", Assert.Single(effects.OfType<SweepEffect.Grant>()).Worker);
    }

    [Fact]
    public void AWorkerThatLeavesGetsNothing()
    {
        Start(points: 2, "a");
        _bench.Apply(new SweepEvent.WorkerLeaving(_bench.Now, "a"));

        Assert.Empty(_bench.Ask("a"));
    }

    [Fact]
    public void AWorkerOfAnotherProgramIsRefusedWithTheReason()
    {
        foreach (var other in new[] { SchedulerBench.Program with { Protocol = 9 }, SchedulerBench.Program with { Engine = 9 }, SchedulerBench.Program with { Build = "2.0" } })
        {
            var refusal = Assert.IsType<SweepEffect.Refuse>(Assert.Single(_bench.Join("a", program: other)));
            Assert.Contains("run the same build on both", refusal.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatAWorkerHoldsFromAnEarlierCoordinatorIsNotGrantedAgain()
    {
        var before = new SchedulerBench(Options);
        before.Add(new TestWorkload(2));
        before.Join("a");
        var grant = before.Granted("a");
        var after = new SchedulerBench(Options with { AdoptionTime = TimeSpan.FromSeconds(5) }, epoch: 2, loaded: false);
        after.Add(new TestWorkload(2));
        after.Apply(new SweepEvent.SweepsLoaded(after.Now));
        after.Join("b", slots: 2);
        Assert.IsType<SweepEffect.Hold>(Assert.Single(after.Ask("b")));

        after.Join("a", held: [SchedulerBench.Held(grant)]);
        var granted = Assert.Single(after.Pass(TimeSpan.FromSeconds(5)).OfType<SweepEffect.Grant>());

        Assert.Equal("b", granted.Worker);
        Assert.DoesNotContain(granted.Points, point => point.Index == grant.Points[0].Index);
    }

    [Fact]
    public void WhatAWorkerHoldsOfARecordedPointIsWithdrawn()
    {
        Start(points: 1, "a", "b");
        var grant = _bench.Granted("a");
        _bench.Apply(new SweepEvent.WorkerLost(_bench.Now, "a"));
        _bench.Add(new TestWorkload(1), "other");
        _bench.Finish(_bench.Granted("b"), 0);

        var effects = _bench.Join("a", held: [SchedulerBench.Held(grant)]);

        Assert.Equal([0], Assert.Single(effects.OfType<SweepEffect.Withdraw>()).Points);
    }

    private void Start(int points, params string[] workers)
    {
        _bench.Add(new TestWorkload(points));
        foreach (var worker in workers)
        {
            _bench.Join(worker);
        }
    }
}
