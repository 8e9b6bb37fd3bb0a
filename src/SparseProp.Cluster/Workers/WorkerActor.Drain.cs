using Akka.Actor;
using Akka.Event;
using static SparseProp.Cluster.Protocol.WorkProtocol;
using static SparseProp.Cluster.Workers.DrainProtocol;

namespace SparseProp.Cluster.Workers;

/// <content>Drain: how a worker leaves without losing work.</content>
internal sealed partial class WorkerActor
{
    // After the budget, for checkpoints and reports on their way.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    private IActorRef? _drainer;

    private void ReceiveDrain()
    {
        Receive<DrainWorker>(OnDrain);
        Receive<BudgetOver>(_ => StopAll());
        Receive<SettlingOver>(_ => EndDrain());
    }

    private void OnDrain(DrainWorker drain)
    {
        _drainer = Sender;
        _desk.IsClosed = true;
        _asking = false;
        _coordinator.Tell(new WorkerLeaving(_bench.Name));
        foreach (var (lease, _, points) in _desk.DropWaiting())
        {
            Return(lease, points);
        }

        foreach (var (slot, assignment) in _desk.RunningPoints.ToList())
        {
            if (_bench.Fetching.ContainsKey(slot))
            {
                HandBack(slot, assignment);
            }
            else if (_bench.RemainingOn(slot) > drain.Budget)
            {
                SaveOrStop(slot, assignment);
            }
        }

        _log.Info("Draining: {0} points are finished or saved first", _desk.Running);
        Timers.StartSingleTimer(nameof(BudgetOver), BudgetOver.Instance, drain.Budget);
        Timers.StartSingleTimer(nameof(SettlingOver), SettlingOver.Instance, drain.Budget + Settling);
        CheckDrained();
    }

    private void SaveOrStop(int slot, Assignment assignment)
    {
        if (assignment.CheckpointInterval > TimeSpan.Zero)
        {
            _bench.Engines[slot].SaveAndStop(assignment);
        }
        else
        {
            HandBack(slot, assignment);
        }
    }

    private void HandBack(int slot, Assignment assignment)
    {
        _desk.Drop(assignment.Lease, [assignment.Index]);
        Stop(slot, assignment);
        Return(assignment.Lease, [assignment.Index]);
    }

    private void StopAll()
    {
        foreach (var (slot, assignment) in _desk.RunningPoints.ToList())
        {
            HandBack(slot, assignment);
        }

        CheckDrained();
    }

    private void CheckDrained()
    {
        if (_drainer is not null && _desk.Running == 0 && _desk.Unacknowledged == 0 && _bench.Sending.Count == 0)
        {
            EndDrain();
        }
    }

    private void EndDrain()
    {
        _drainer?.Tell(new Drained(_desk.Unacknowledged));
        _drainer = null;
    }

    private sealed record BudgetOver : INoSerializationVerificationNeeded
    {
        public static readonly BudgetOver Instance = new();
    }

    private sealed record SettlingOver : INoSerializationVerificationNeeded
    {
        public static readonly SettlingOver Instance = new();
    }
}
