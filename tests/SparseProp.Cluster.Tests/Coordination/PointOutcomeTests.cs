using SparseProp.Cluster.Coordination;
using SparseProp.Results;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class PointOutcomeTests
{
    private static readonly SchedulerOptions Options = new() { MostAttempts = 3, MostWorkerLosses = 3 };

    private readonly SchedulerBench _bench = new(Options);

    [Fact]
    public void APointThatFailsRunsAgainAndIsThenRecordedAsFailed()
    {
        _bench.Add(new TestWorkload(1));
        _bench.Join("a");
        for (var attempt = 1; attempt < Options.MostAttempts; attempt++)
        {
            var grant = _bench.Granted("a");
            Assert.Equal(attempt - 1, Assert.Single(grant.Points).Attempt);
            var retried = _bench.Report(grant, Points.Failed(0, attempt));
            Assert.Contains(retried, effect => effect is SweepEffect.Announce { Notice: SweepNotice.PointRetried });
            Assert.Contains(retried, effect => effect is SweepEffect.Acknowledge);
        }

        var failed = _bench.Report(_bench.Granted("a"), Points.Failed(0, Options.MostAttempts));

        Assert.Equal(PointStatus.Failed, Assert.Single(failed.OfType<SweepEffect.Record>()).Point.Status);
    }

    [Fact]
    public void ARepeatedReportOfAFailureIsOneAttempt()
    {
        _bench.Add(new TestWorkload(1));
        _bench.Join("a");
        var grant = _bench.Granted("a");
        _bench.Report(grant, Points.Failed(0, 1));

        Assert.IsType<SweepEffect.Acknowledge>(Assert.Single(_bench.Report(grant, Points.Failed(0, 1))));
    }

    [Fact]
    public void APointThatKillsItsWorkersIsGivenUp()
    {
        _bench.Add(new TestWorkload(1));
        for (var loss = 1; loss <= Options.MostWorkerLosses; loss++)
        {
            var effects = Lose($"victim-{loss}");
            Assert.Equal(loss == Options.MostWorkerLosses, effects.OfType<SweepEffect.GiveUp>().Any());
        }
    }

    [Fact]
    public void APointWhoseWorkerWasLostIsGrantedAlone()
    {
        _bench.Add(new TestWorkload(4));
        _bench.Join("a", slots: 4);
        Assert.Equal(4, _bench.Granted("a").Points.Count);
        _bench.Apply(new SweepEvent.WorkerLost(_bench.Now, "a"));
        _bench.Join("b", slots: 4);

        Assert.Single(_bench.Granted("b").Points);
    }

    [Fact]
    public void ACheckpointProvesAPointInnocentAndIsHandedOn()
    {
        _bench.Add(new TestWorkload(1));
        var mark = new CheckpointMark(2, 500);
        for (var loss = 1; loss <= 2 * Options.MostWorkerLosses; loss++)
        {
            _bench.Join($"w{loss}");
            var grant = _bench.Granted($"w{loss}");
            Assert.Equal(loss > 1 ? mark : default, grant.Points[0].Checkpoint);
            _bench.Apply(new SweepEvent.CheckpointSaved(_bench.Now, SchedulerBench.Sweep, 0, mark));
            Assert.Empty(_bench.Apply(new SweepEvent.WorkerLost(_bench.Now, $"w{loss}")).OfType<SweepEffect.GiveUp>());
        }
    }

    [Fact]
    public void AWorkerThatComesBackWasNotKilledByItsPoint()
    {
        _bench.Add(new TestWorkload(1));
        _bench.Join("a");
        var grant = _bench.Granted("a");
        for (var loss = 1; loss <= 2 * Options.MostWorkerLosses; loss++)
        {
            Assert.Empty(_bench.Apply(new SweepEvent.WorkerLost(_bench.Now, "a")).OfType<SweepEffect.GiveUp>());
            _bench.Join("a", held: [SchedulerBench.Held(grant)]);
        }
    }

    [Fact]
    public void ARecordedPointsCheckpointIsForgotten()
    {
        _bench.Add(new TestWorkload(1));
        _bench.Join("a");
        var grant = _bench.Granted("a");
        _bench.Apply(new SweepEvent.CheckpointSaved(_bench.Now, SchedulerBench.Sweep, 0, new CheckpointMark(1, 10)));

        Assert.Contains(new SweepEffect.ForgetCheckpoint(SchedulerBench.Sweep, 0), _bench.Finish(grant, 0));
    }

    [Fact]
    public void ASecondResultThatDiffersIsAnnounced()
    {
        _bench.Add(new TestWorkload(2));
        _bench.Join("a");

        var effects = _bench.Finish(_bench.Granted("a"), 0, RecordOutcome.Divergent);

        Assert.Contains(
            new SweepEffect.Announce(SchedulerBench.Sweep, new SweepNotice.PointDiverged(0, "a")), effects);
    }

    [Fact]
    public void WhatTheStoreHoldsIsNeverGranted()
    {
        var recorded = new PointSet(3);
        recorded.Add(1);
        var start = new SweepStart { Recorded = new RecordedPoints(recorded, 0) };
        _bench.Apply(new SweepEvent.SweepAdded(_bench.Now, SchedulerBench.Sweep, new TestWorkload(3), start));
        _bench.Join("a", slots: 3);

        Assert.Equal([0, 2], _bench.Granted("a").Points.Select(point => point.Index));
    }

    [Fact]
    public void FailedPointsRunAgainWhenAskedTo()
    {
        _bench.Add(new TestWorkload(2));
        _bench.Join("a", slots: 2);
        var grant = _bench.Granted("a");
        var record = Assert.Single(_bench.Report(grant, Points.Failed(0, Options.MostAttempts)).OfType<SweepEffect.Record>());
        _bench.Apply(new SweepEvent.PointRecorded(
            _bench.Now, SchedulerBench.Sweep, 0, RecordOutcome.Recorded, Failed: true, record.Source));
        Assert.Equal(1, _bench.Scheduler.ProgressOf(SchedulerBench.Sweep)!.Failed);

        _bench.Apply(new SweepEvent.PointsReopened(_bench.Now, SchedulerBench.Sweep, [0]));

        Assert.Equal(0, _bench.Scheduler.ProgressOf(SchedulerBench.Sweep)!.Failed);
        Assert.Equal(0, Assert.Single(_bench.Granted("a").Points).Index);
    }

    private IReadOnlyList<SweepEffect> Lose(string worker)
    {
        _bench.Join(worker);
        _bench.Granted(worker);
        return _bench.Apply(new SweepEvent.WorkerLost(_bench.Now, worker));
    }
}
