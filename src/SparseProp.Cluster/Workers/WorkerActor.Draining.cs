using Akka.Actor;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>Leaving in good order.</summary>
internal sealed partial class WorkerActor
{
    private readonly List<IActorRef> _drainers = [];
    private Drain? _drain;

    private void OnDrainWorker(DrainWorker request)
    {
        _drainers.Add(Sender);
        if (_drain is null)
        {
            _drain = new Drain();
            _desk.Close();
            Send(new WorkerLeaving(_bench.Name));
            ReturnWaiting();
            foreach (var slot in _desk.WantedSlots)
            {
                EndWithin(slot, request.Budget);
            }

            Timers.StartSingleTimer(nameof(DrainDeadline), DrainDeadline.Instance, request.Budget);
            Timers.StartSingleTimer(nameof(FlushDeadline), FlushDeadline.Instance, request.Budget + _options.FlushGrace);
        }

        EndDrain();
    }

    private void ReturnWaiting()
    {
        foreach (var lease in _desk.TakeWaiting().GroupBy(point => point.Lease, point => point.Index))
        {
            Return(lease.Key, lease);
            _drain?.CountReturned(lease.Count());
        }

        foreach (var granted in _desk.TakeAwaiting())
        {
            Return(granted.Lease, granted.Points.Select(point => point.Index));
            _drain?.CountReturned(granted.Points.Length);
        }
    }

    private void EndWithin(int slot, TimeSpan budget)
    {
        var run = _bench.RunOn(slot);
        var isSaved = _desk.On(slot).CheckpointSeconds > 0;
        var ending = run is null ? RunEnding.Discard : Drain.EndingOf(run.Elapsed, run.Progress, isSaved, budget);
        if (ending == RunEnding.Discard)
        {
            ReturnPoint(slot);
        }
        else if (ending == RunEnding.Save)
        {
            run?.Stop(RunEnding.Save);
        }
    }

    private void OnDrainDeadline(DrainDeadline _)
    {
        foreach (var slot in _desk.WantedSlots)
        {
            ReturnPoint(slot);
        }

        EndDrain();
    }

    private void OnFlushDeadline(FlushDeadline _)
    {
        _drain?.EndFlush();
        EndDrain();
    }

    private void ReturnPoint(int slot)
    {
        var point = _desk.On(slot);
        Return(point.Lease, [point.Index]);
        Abandon(slot);
        _drain?.CountReturned(1);
    }

    /// <summary>Says so when the drain is over.</summary>
    private void EndDrain()
    {
        if (_drain is { } drain && drain.IsOver(_desk.WantedSlots.Count, _desk.Unacknowledged))
        {
            foreach (var drainer in _drainers)
            {
                drainer.Tell(new Drained(drain.Finished, drain.Returned, _desk.Unacknowledged));
            }

            _drainers.Clear();
        }
    }

    private sealed record DrainDeadline : INoSerializationVerificationNeeded
    {
        public static readonly DrainDeadline Instance = new();
    }

    private sealed record FlushDeadline : INoSerializationVerificationNeeded
    {
        public static readonly FlushDeadline Instance = new();
    }
}
