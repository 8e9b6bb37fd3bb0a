using SparseProp.Cluster.Coordination;
using SparseProp.Results;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class SweepMachineTests
{
    private static readonly SweepMachineOptions Options = new() { MostAttempts = 3, MostWorkerLosses = 3 };
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(1);

    private readonly List<SweepEffect> _effects = [];

    [Fact]
    public void ARepeatedRequestGetsTheSameLease()
    {
        var machine = Machine(points: 10);

        var first = Assert.Single(Apply(machine, Request("a", 1)).OfType<SweepEffect.Grant>());
        var again = Assert.Single(Apply(machine, Request("a", 1)).OfType<SweepEffect.Grant>());

        Assert.Equal(first.Lease, again.Lease);
        Assert.Equal(first.Points, again.Points);
    }

    [Fact]
    public void ARepeatThatComesAfterTheLeaseWasWorkedOffIsNotAnswered()
    {
        var machine = Machine(points: 10);
        var lease = Granted(machine, Request("a", 1));
        Report(machine, lease);

        Assert.Empty(Apply(machine, Request("a", 1)));
    }

    [Fact]
    public void WorkThatTurnsUpIsGrantedToWhoeverWaits()
    {
        var machine = Machine(points: 1);
        Granted(machine, Request("a", 1));
        Assert.IsType<SweepEffect.Hold>(Assert.Single(Apply(machine, Request("b", 1))));

        var grant = Assert.Single(Apply(machine, new SweepEvent.WorkerLost(Start, "a")).OfType<SweepEffect.Grant>());

        Assert.Equal(("b", 1), (grant.Worker, grant.Request));
        Assert.Equal(0, Assert.Single(grant.Points).Index);
    }

    [Fact]
    public void ALeaseHoldsUntilItsLastInstant()
    {
        var machine = Machine(points: 1);
        Granted(machine, Request("a", 1));

        Assert.Empty(Apply(machine, new SweepEvent.TimePassed(Start + Options.LeaseTime - TimeSpan.FromTicks(1))));
        var expired = Apply(machine, new SweepEvent.TimePassed(Start + Options.LeaseTime));
        Assert.IsType<SweepNotice.LeaseExpired>(Assert.Single(expired.OfType<SweepEffect.Announce>()).Notice);
    }

    [Fact]
    public void ALeaseThatIsHeldLivesOn()
    {
        var machine = Machine(points: 1);
        var grant = Granted(machine, Request("a", 1));

        Apply(machine, new SweepEvent.LeasesHeld(Start + (Options.LeaseTime / 2), "a", [grant.Lease]));

        Assert.Empty(Apply(machine, new SweepEvent.TimePassed(Start + Options.LeaseTime)));
    }

    [Fact]
    public void AResultThatArrivesAfterItsLeaseExpiredStillCounts()
    {
        var machine = Machine(points: 1);
        var grant = Granted(machine, Request("a", 1));
        Apply(machine, new SweepEvent.TimePassed(Start + Options.LeaseTime));

        Report(machine, grant);

        Assert.True(machine.Progress.IsFinished);
    }

    [Fact]
    public void AReportIsAcknowledgedOnlyWhenItIsRecorded()
    {
        var machine = Machine(points: 2);
        var grant = Granted(machine, Request("a", 1));

        var reported = Apply(machine, new SweepEvent.PointReported(Start, "a", grant.Lease, Points.Ok(0)));
        Assert.IsType<SweepEffect.Record>(Assert.Single(reported));

        var source = new ReportSource("a", grant.Lease);
        var recorded = Apply(machine, new SweepEvent.PointRecorded(Start, 0, RecordOutcome.Recorded, Failed: false, source));
        Assert.Contains(new SweepEffect.Acknowledge(source, 0), recorded);
    }

    [Fact]
    public void APointThatFailsRunsAgainAndIsThenRecordedAsFailed()
    {
        var machine = Machine(points: 1);
        for (var attempt = 1; attempt < Options.MostAttempts; attempt++)
        {
            var grant = Granted(machine, Request("a", attempt));
            Assert.Equal(attempt - 1, Assert.Single(grant.Points).Attempt);
            var retried = Apply(machine, new SweepEvent.PointReported(Start, "a", grant.Lease, Points.Failed(0, attempt)));
            Assert.Contains(retried, effect => effect is SweepEffect.Announce { Notice: SweepNotice.PointRetried });
            Assert.Contains(retried, effect => effect is SweepEffect.Acknowledge);
        }

        var last = Granted(machine, Request("a", Options.MostAttempts));
        var failed = Apply(machine, new SweepEvent.PointReported(Start, "a", last.Lease, Points.Failed(0, Options.MostAttempts)));

        Assert.Equal(PointStatus.Failed, Assert.Single(failed.OfType<SweepEffect.Record>()).Point.Status);
    }

    [Fact]
    public void ARepeatedReportOfAFailureIsOneAttempt()
    {
        var machine = Machine(points: 1);
        var grant = Granted(machine, Request("a", 1));
        var report = new SweepEvent.PointReported(Start, "a", grant.Lease, Points.Failed(0, 1));
        Apply(machine, report);

        var again = Apply(machine, report);

        Assert.IsType<SweepEffect.Acknowledge>(Assert.Single(again));
    }

    [Fact]
    public void APointThatKillsItsWorkersIsGivenUpAndTheOthersRun()
    {
        var machine = Machine(points: 4);
        for (var loss = 1; loss <= Options.MostWorkerLosses; loss++)
        {
            var worker = $"victim-{loss}";
            var grant = Granted(machine, Request(worker, 1, slots: 4));
            Assert.Contains(grant.Points, point => point.Index == 0);
            Assert.Equal(loss == 1 ? 4 : 1, grant.Points.Count);
            var lost = Apply(machine, new SweepEvent.WorkerLost(Start, worker));
            Assert.Equal(loss == Options.MostWorkerLosses, lost.OfType<SweepEffect.GiveUp>().Any(effect => effect.Index == 0));
            if (loss == 1)
            {
                WorkOffTheInnocent(machine);
            }
        }
    }

    [Fact]
    public void ASecondResultThatDiffersIsAnnounced()
    {
        var machine = Machine(points: 2);
        var grant = Granted(machine, Request("a", 1));
        var source = new ReportSource("a", grant.Lease);

        var effects = Apply(machine, new SweepEvent.PointRecorded(Start, 0, RecordOutcome.Divergent, Failed: false, source));

        Assert.Contains(new SweepEffect.Announce(new SweepNotice.PointDiverged(0, "a")), effects);
    }

    [Fact]
    public void WhatTheStoreHoldsIsNeverGranted()
    {
        var recorded = new PointSet(3);
        recorded.Add(1);
        var machine = new SweepMachine(Options, 1, new(recorded, Failed: 0, Work: 1), _ => 1, work: 3);

        var grant = Granted(machine, Request("a", 1, slots: 3));

        Assert.Equal([0, 2], grant.Points.Select(point => point.Index));
    }

    [Fact]
    public void ShortPointsAreLeasedTogetherAndLongOnesAlone()
    {
        var machine = new SweepMachine(
            Options, 1, Nothing(100_000), index => index < 1000 ? 1 : 1e6, work: 99e9);
        Report(machine, Granted(machine, Request("a", 1)));

        Assert.Equal(Options.MostPointsPerLease, Granted(machine, Request("a", 2)).Points.Count);
        for (var request = 3L; ; request++)
        {
            var grant = Granted(machine, Request("a", request));
            if (grant.Points[0].Index >= 1000)
            {
                Assert.Single(grant.Points);
                break;
            }
        }
    }

    private static SweepMachine Machine(long points) => new(Options, 1, Nothing(points), _ => 1, points);

    private static RecordedPoints Nothing(long points) => new(new PointSet(points), Failed: 0, Work: 0);

    private static SweepEvent.WorkRequested Request(string worker, long request, int slots = 1) => new(Start, worker, request, slots);

    private List<SweepEffect> Apply(SweepMachine machine, SweepEvent happened)
    {
        _effects.Clear();
        machine.Apply(happened, _effects);
        return [.. _effects];
    }

    private SweepEffect.Grant Granted(SweepMachine machine, SweepEvent.WorkRequested request) =>
        Assert.Single(Apply(machine, request).OfType<SweepEffect.Grant>());

    private void Report(SweepMachine machine, SweepEffect.Grant grant)
    {
        foreach (var point in grant.Points)
        {
            Apply(machine, new SweepEvent.PointReported(Start, grant.Worker, grant.Lease, Points.Ok(point.Index)));
            var source = new ReportSource(grant.Worker, grant.Lease);
            Apply(machine, new SweepEvent.PointRecorded(Start, point.Index, RecordOutcome.Recorded, Failed: false, source));
        }
    }

    private void WorkOffTheInnocent(SweepMachine machine)
    {
        for (var request = 1L; request <= 4; request++)
        {
            var grant = Granted(machine, Request("survivor", request));
            if (grant.Points[0].Index == 0)
            {
                Apply(machine, new SweepEvent.LeaseReturned(Start, "survivor", grant.Lease));
            }
            else
            {
                Report(machine, grant);
            }
        }
    }
}
