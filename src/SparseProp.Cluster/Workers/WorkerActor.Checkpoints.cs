using Akka.Actor;
using Akka.Event;
using SparseProp.Cluster.Protocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <content>Checkpoints: those of running points go to the coordinator, those of points to go on with come from it.</content>
internal sealed partial class WorkerActor
{
    private void ReceiveCheckpoints()
    {
        Receive<CheckpointKept>(OnKept);
        Receive<CheckpointPart>(OnPart);
    }

    private void OnSaved(EngineReport.Saved saved)
    {
        var assignment = saved.Assignment;
        ForgetUpload(assignment);
        if (!_desk.IsRunning(assignment))
        {
            saved.Source.Dispose();
            return;
        }

        var generation = _bench.NextGeneration(assignment);
        var sending = new CheckpointSending(saved.Slot, assignment, generation, saved.Source);
        _bench.Sending.Add(assignment, sending);
        Send(sending);
    }

    private void Send(CheckpointSending sending)
    {
        foreach (var part in sending.Next(_bench.Name))
        {
            _coordinator.Tell(part);
        }
    }

    private void OnKept(CheckpointKept kept)
    {
        var sending = _bench.Sending.Values.FirstOrDefault(candidate => candidate.Assignment.Sweep == kept.Sweep
            && candidate.Assignment.Index == kept.Index
            && candidate.Generation == kept.Generation);
        if (sending is null)
        {
            return;
        }

        if (kept.Offset >= 0 && !sending.Confirm(kept.Offset))
        {
            Send(sending);
            return;
        }

        ForgetUpload(sending.Assignment);
        if (sending.ReturnsPoint)
        {
            Return(sending.Assignment.Lease, [sending.Assignment.Index]);
        }
        else if (kept.Offset >= 0)
        {
            // Where a checkpoint is not wanted, the next will not be either.
            _bench.Engines[sending.Slot].AllowSaving(sending.Assignment);
        }

        CheckDrained();
    }

    /// <summary>The engine has stopped a point as it was asked to: it is free, and the point is the coordinator's again.</summary>
    private void OnStopped(EngineReport.Stopped stopped)
    {
        if (_desk.Free(stopped.Slot) is not { } assignment)
        {
            ForgetUpload(stopped.Assignment);
        }
        else if (_bench.Sending.TryGetValue(assignment, out var sending))
        {
            sending.ReturnsPoint = true;
        }
        else
        {
            Return(assignment.Lease, [assignment.Index]);
        }
    }

    /// <summary>Stops a point that was taken off the desk.</summary>
    private void Stop(int slot, Assignment assignment)
    {
        if (_bench.Fetching.Remove(slot, out var fetching))
        {
            fetching.Dispose();
            _desk.Free(slot);
            return;
        }

        _bench.Engines[slot].Stop(assignment);
    }

    private void Fetch(int slot, Assignment assignment)
    {
        CheckpointFetching fetching;
        try
        {
            fetching = new CheckpointFetching(slot, assignment);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            BeginAnew(slot, assignment, failure.Message);
            return;
        }

        _bench.Fetching.Add(slot, fetching);
        Ask(fetching);
    }

    private void Ask(CheckpointFetching fetching)
    {
        foreach (var request in fetching.Next(_bench.Name))
        {
            _coordinator.Tell(request);
        }
    }

    private void OnPart(CheckpointPart part)
    {
        var fetching = _bench.Fetching.Values.FirstOrDefault(candidate => candidate.Assignment.Sweep == part.Sweep
            && candidate.Assignment.Index == part.Index
            && candidate.Assignment.CheckpointGeneration == part.Generation);
        if (fetching is null)
        {
            return;
        }

        try
        {
            if (!fetching.Take(part))
            {
                BeginAnew(fetching, "the coordinator does not have this checkpoint any more");
            }
            else if (fetching.IsComplete)
            {
                _bench.Fetching.Remove(fetching.Slot);
                _log.Info("Point {0} of {1} goes on from checkpoint {2}", part.Index, part.Sweep, part.Generation);
                _bench.Start(fetching.Slot, fetching.Assignment, fetching.Release());
            }
            else
            {
                Ask(fetching);
            }
        }
        catch (IOException failure)
        {
            BeginAnew(fetching, failure.Message);
        }
    }

    private void BeginAnew(CheckpointFetching fetching, string reason)
    {
        _bench.Fetching.Remove(fetching.Slot);
        fetching.Dispose();
        BeginAnew(fetching.Slot, fetching.Assignment, reason);
    }

    private void BeginAnew(int slot, Assignment assignment, string reason)
    {
        _log.Warning("Point {0} of {1} begins anew: {2}", assignment.Index, assignment.Sweep, reason);
        _bench.Start(slot, assignment, checkpoint: null);
    }

    private void RepeatTransfers()
    {
        foreach (var sending in _bench.Sending.Values)
        {
            sending.GoBackIfStuck();
            Send(sending);
        }

        foreach (var fetching in _bench.Fetching.Values)
        {
            fetching.GoBackIfStuck();
            Ask(fetching);
        }
    }

    private void ForgetUpload(Assignment assignment)
    {
        if (_bench.Sending.Remove(assignment, out var sending))
        {
            sending.Dispose();
        }
    }
}
