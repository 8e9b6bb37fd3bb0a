using Akka.Actor;
using Akka.Event;
using SparseProp.Cluster.Protocol;
using SparseProp.Engine.Parameters;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Coordination;

/// <content>Workers: what they say, and what they are told.</content>
internal sealed partial class CoordinatorActor
{
    private void OnHello(WorkerHello hello)
    {
        if (hello.Slots is < 1 or > MostSlots || hello.MemoryBytes < 1)
        {
            Sender.Tell(new WorkerRefused($"a worker has 1 to {MostSlots} slots and some memory, not {hello.Slots} and {hello.MemoryBytes}"));
            return;
        }

        var identity = new WorkerIdentity(
            hello.Worker,
            hello.Host,
            (int)hello.Slots,
            hello.MemoryBytes,
            new ProgramIdentity(hello.ProtocolVersion, hello.EngineVersion, hello.Build));
        Apply(new SweepEvent.WorkerJoined(Now, identity, hello.Held), hello.Worker);
    }

    private void OnPointReport(PointReport report) =>
        Apply(new SweepEvent.PointReported(Now, report.Worker, report.Lease, report.Sweep, report.Record), report.Worker);

    private void OnCheckpointPart(CheckpointPart part)
    {
        if (_scheduler!.WantsCheckpoint(part.Sweep, part.Index) && _sweeps.GetValueOrDefault(part.Sweep)?.Keeper is { } keeper)
        {
            keeper.Forward(part);
        }
        else if (_scheduler.IsLoaded)
        {
            Sender.Tell(new CheckpointKept(part.Sweep, part.Index, part.Generation, -1));
        }
    }

    private void OnFetchCheckpoint(FetchCheckpoint fetch)
    {
        if (_sweeps.GetValueOrDefault(fetch.Sweep)?.Keeper is { } keeper && fetch.Index >= 0)
        {
            keeper.Forward(fetch);
        }
        else if (_scheduler!.IsLoaded)
        {
            Sender.Tell(new CheckpointPart(
                fetch.Worker, fetch.Sweep, fetch.Index, fetch.Generation, fetch.Offset, 0, ReadOnlyMemory<byte>.Empty));
        }
    }

    private void OnFetchFile(FetchFile fetch)
    {
        if (_sweeps.GetValueOrDefault(fetch.Sweep)?.Source is var (_, keeper))
        {
            keeper.Forward(fetch);
        }
        else if (_scheduler!.IsLoaded)
        {
            Sender.Tell(new FilePart(fetch.Hash, fetch.Offset, 0, ReadOnlyMemory<byte>.Empty));
        }
    }

    private void OnTerminated(WorkerTerminated terminated)
    {
        // A worker that has rejoined meanwhile is another actor of the same name.
        if (_workers.TryGetValue(terminated.Worker, out var known) && known.Equals(terminated.Actor))
        {
            _workers.Remove(terminated.Worker);
            CountLoss(terminated.Worker);
            Apply(new SweepEvent.WorkerLost(Now, terminated.Worker));
        }
    }

    private void Meet(string worker)
    {
        if (_workers.TryGetValue(worker, out var known) && known.Equals(Sender))
        {
            return;
        }

        if (known is not null)
        {
            Context.Unwatch(known);
        }

        _log.Info("Worker {Worker} at {Address} joined", worker, Sender.Path.Address);
        _workers[worker] = Sender;
        Context.WatchWith(Sender, new WorkerTerminated(worker, Sender));
    }

    // A worker that is gone needs no answer: its points are leased again. One that is not known yet is told where it spoke from.
    private void Tell(string worker, string? present, object message)
    {
        if (_workers.TryGetValue(worker, out var known))
        {
            known.Tell(message);
        }
        else if (worker == present)
        {
            Sender.Tell(message);
        }
    }

    private GrantedPoint Describe(string sweep, GrantedIndex point) => new(
        point.Index,
        ParameterText.Of(_sweeps[sweep].Run.Plan.GivenAt(point.Index)),
        point.Attempt,
        point.MemoryBytes,
        point.Checkpoint.Bytes,
        point.Checkpoint.Generation);

    private sealed record WorkerTerminated(string Worker, IActorRef Actor) : INoSerializationVerificationNeeded;
}
