using SparseProp.Cluster.Metrics;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.StoreProtocol;

namespace SparseProp.Cluster.Coordination;

/// <content>What is measured.</content>
internal sealed partial class CoordinatorActor
{
    private void Count(string sweep, RecordedReport report)
    {
        if (report.Outcome != RecordOutcome.Recorded || _watcher.Metrics is not { } metrics)
        {
            return;
        }

        metrics.OnRecorded(sweep, report.Failed);
        if (report.Source is { } source)
        {
            metrics.OnWorkRecorded(source.Worker, report.CpuSeconds, report.SynapticEvents);
        }
    }

    private void Count(SweepNotice notice)
    {
        switch (notice)
        {
            case SweepNotice.LeaseExpired:
                _watcher.Metrics?.OnLeaseExpired();
                break;
            case SweepNotice.PointDiverged:
                _watcher.Metrics?.OnDivergent();
                break;
        }
    }

    // One that said it would leave is not lost.
    private void CountLoss(string worker)
    {
        if (_scheduler!.Members.Any(member => member.Name == worker && !member.IsLeaving))
        {
            _watcher.Metrics?.OnWorkerLost();
        }
    }

    private void Measure()
    {
        if (_watcher.Metrics is { } metrics && _scheduler!.IsLoaded)
        {
            metrics.Publish(new ClusterFigures(
                _epoch,
                _scheduler.LiveLeases,
                [.. _sweeps.Values.Select(FiguresOf), .. _problems.Keys.Select(FiguresOfBroken)],
                [.. _scheduler.Members.Select(FiguresOf)]));
        }
    }

    private void MeasureEnd(RunningSweep sweep) => _watcher.Metrics?.OnEnded(FiguresOf(sweep));

    private SweepFigures FiguresOf(RunningSweep sweep)
    {
        var book = _scheduler!.Find(sweep.Run.Spec.Name)!;
        var progress = _scheduler.ProgressOf(book.Name)!;
        return new SweepFigures(
            book.Name,
            Math.Max(0, book.Unleased),
            progress.Leased,
            progress.Recorded - progress.Failed,
            progress.Failed,
            progress.Divergent,
            book.IsActive,
            sweep.Problem is not null);
    }

    private static SweepFigures FiguresOfBroken(string name) => new(name, 0, 0, 0, 0, 0, IsLeasing: false, IsStuck: true);

    private static WorkerFigures FiguresOf(CrewMember member) => new(member.Name, member.Slots, member switch
    {
        { IsLeaving: true } => WorkerState.Leaving,
        { IsDrained: true } => WorkerState.Drained,
        { OpenPoints: > 0 } => WorkerState.Working,
        _ => WorkerState.Idle,
    });
}
