using Akka.Event;
using SparseProp.Cluster.Protocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>Points from grant to report.</summary>
internal sealed partial class WorkerActor
{
    private void OnWorkGranted(WorkGranted granted)
    {
        if (_asking && granted.Request == _bench.Request && _drain is null)
        {
            _asking = false;
            TakeOn(granted);
            StartNext();
        }
        else if (!_desk.Holds(granted.Lease))
        {
            // The answer to a request that was answered otherwise meanwhile, or to a worker that leaves.
            Return(granted.Lease, granted.Points.Select(point => point.Index));
        }
    }

    private void OnPointsWithdrawn(PointsWithdrawn withdrawn)
    {
        foreach (var slot in _desk.Withdraw(withdrawn.Lease, withdrawn.Points))
        {
            Abandon(slot);
        }

        StartNext();
        EndDrain();
    }

    private void OnWake(Wake _)
    {
        while (_bench.TryTake(out var notice))
        {
            switch (notice)
            {
                case EngineNotice.Finished finished:
                    OnFinished(finished);
                    break;
                case EngineNotice.Stopped stopped:
                    OnStopped(stopped);
                    break;
                case EngineNotice.Saved saved:
                    OnSaved(saved);
                    break;
                case EngineNotice.Trouble trouble:
                    _log.Warning("{0}", trouble.Message);
                    break;
                default:
                    throw new InvalidOperationException($"No one handles {notice.GetType().Name}.");
            }
        }

        CollectSources();
    }

    private void OnFinished(EngineNotice.Finished finished)
    {
        DropTransfers(finished.Slot);
        if (_desk.Finish(finished.Slot, finished.Record, Now) is { } report)
        {
            _drain?.CountFinished();
            if (IsWelcome)
            {
                Send(report);
            }
        }

        StartNext();
        EndDrain();
    }

    private void StartNext()
    {
        var slots = new List<int>();
        while (_desk.TryStart(out var slot, out _))
        {
            slots.Add(slot);
        }

        foreach (var slot in slots)
        {
            FetchOrStart(slot);
        }

        if (IsWelcome && !_asking && _desk.WantsWork)
        {
            _bench.Request++;
            AskForWork();
        }
    }

    private void AskForWork()
    {
        _asking = true;
        Send(new RequestWork(_bench.Name, _bench.Request));
    }

    private void Return(Lease lease, IEnumerable<long> points, string reason = "") =>
        Send(new PointsReturned(_bench.Name, lease, [.. points]) { Reason = reason });

    /// <summary>Stops whatever goes on for the slot's point.</summary>
    private void Abandon(int slot)
    {
        DropTransfers(slot);
        if (_bench.RunOn(slot) is { } run)
        {
            _desk.GiveUp(slot);
            run.Stop(RunEnding.Discard);
        }
        else
        {
            _desk.Free(slot);
        }
    }
}
