using Akka.Actor;
using Akka.Event;
using SparseProp.Results.Root;
using SparseProp.Results.Store;
using SparseProp.Sweeps;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Coordination;

/// <content>What operators tell a sweep to do.</content>
internal sealed partial class CoordinatorActor
{
    private void OnResume(Resume resume)
    {
        if (_sweeps.GetValueOrDefault(resume.Sweep)?.Problem is { } problem)
        {
            DeclineBroken(resume.Sweep, problem);
            return;
        }

        if (!_changing.Contains(resume.Sweep)
            && _stored.TryGetValue(resume.Sweep, out var stored)
            && stored.Settings is { State: not SweepState.Finished } settings)
        {
            Reopen(resume.Sweep, settings with { State = SweepState.Running });
            return;
        }

        Change(resume.Sweep, SweepState.Running, new SweepEvent.SweepResumed(Now, resume.Sweep));
    }

    private void OnSetPriority(SetPriority set)
    {
        if (Require(set.Sweep) is { } sweep)
        {
            Remember(sweep, sweep.Settings with { Priority = set.Priority });
            Apply(new SweepEvent.PriorityChanged(Now, set.Sweep, set.Priority));
            Answer(set.Sweep);
        }
    }

    private void Change(string name, SweepState state, SweepEvent happened, bool answer = true)
    {
        if (Require(name) is not { } sweep)
        {
            return;
        }

        Remember(sweep, sweep.Settings with { State = state });
        Apply(happened);
        if (answer)
        {
            Answer(name);
        }
    }

    private void OnRetryFailed(RetryFailed retry)
    {
        if (!_changing.Contains(retry.Sweep) && _stored.TryGetValue(retry.Sweep, out var stored) && stored.Settings is { } settings)
        {
            Reopen(retry.Sweep, settings with { State = SweepState.Running, RetryFailed = true, Failed = 0, Divergent = 0 });
        }
        else if (Require(retry.Sweep) is { } sweep)
        {
            FindFailures(sweep, status => status);
        }
    }

    private void Reopen(string name, SweepSettings settings)
    {
        try
        {
            var spec = _catalogue.SpecOf(name) ?? throw new StoreException($"the store of {name} does not say what the sweep is");
            Open(spec, settings, status => status);
        }
        catch (Exception failure) when (failure is StoreException or SweepFileException)
        {
            Sender.Tell(Failure(failure));
        }
    }

    private void FindFailures(RunningSweep sweep, Func<SweepStatus, object> answer)
    {
        var (name, plan, folder, asker) = (sweep.Run.Spec.Name, sweep.Run.Plan, sweep.Run.Store.Folder, Sender);
        Task.Run(() => new FailuresFound(name, FailedPoints.In(plan, folder), asker, answer))
            .PipeTo(Self, failure: fault => new FailuresNotFound(name, fault, asker));
    }

    private void OnFailuresFound(FailuresFound found)
    {
        if (_changing.Contains(found.Sweep) || !_sweeps.TryGetValue(found.Sweep, out var sweep))
        {
            // It has ended meanwhile.
            found.Asker.Tell(Changing(found.Sweep));
            return;
        }

        Remember(sweep, sweep.Settings with { RetryFailed = true });
        Apply(new SweepEvent.PointsReopened(Now, found.Sweep, found.Points));
        found.Asker.Tell(found.Answer(StatusOf(found.Sweep)!));
    }

    private void OnFailuresNotFound(FailuresNotFound failed)
    {
        _log.Error(failed.Fault, "The failed points of {Sweep} cannot be found", failed.Sweep);
        failed.Asker.Tell(Failure(failed.Fault));
    }

    private void OnDelete(Delete delete)
    {
        var name = delete.Sweep;
        if (_changing.Contains(name))
        {
            DeclineChanging(name);
        }
        else if (_sweeps.TryGetValue(name, out var sweep))
        {
            if (sweep.Settings.State != SweepState.Cancelled)
            {
                Decline(DeclineReason.Conflict, $"{name} is {WordFor(sweep.Settings.State)}; cancel it first");
                return;
            }

            _deletions.Add(name, Sender);
            CloseAfterwards(sweep);
        }
        else if (_stored.ContainsKey(name) || _problems.ContainsKey(name))
        {
            DeleteClosed(name, Sender);
        }
        else
        {
            Require(name);
        }
    }

    private void DeleteClosed(string sweep, IActorRef asker)
    {
        try
        {
            _catalogue.Delete(sweep);
            _stored.Remove(sweep);
            _problems.Remove(sweep);
            _log.Info("Sweep {Sweep} is deleted", sweep);
            asker.Tell(new Deleted(sweep));
        }
        catch (StoreException failure)
        {
            asker.Tell(Failure(failure));
        }
    }

    private void OnCompact(Compact compact)
    {
        var (name, catalogue, asker) = (compact.Sweep, _catalogue, Sender);
        if (_changing.Contains(name))
        {
            if (_sweeps.TryGetValue(name, out var closing) && closing.Settings.State == SweepState.Finished)
            {
                // Everybody is told that it is finished before its store is closed.
                _compactions.Add((compact, asker));
                return;
            }

            DeclineChanging(name);
        }
        else if (_sweeps.ContainsKey(name))
        {
            Decline(DeclineReason.Conflict, $"{name} is open; its store can be compacted when the sweep is finished");
        }
        else if (_stored.ContainsKey(name))
        {
            _changing.Add(name);
            Task.Run(() => new StoreCompacted(name, catalogue.Compact(name), asker))
                .PipeTo(Self, failure: fault => new StoreNotCompacted(name, fault, asker));
        }
        else
        {
            Require(name);
        }
    }

    private void OnCompacted(StoreCompacted done)
    {
        _changing.Remove(done.Sweep);
        _log.Info("The store of {Sweep} is compacted: {Before} bytes, now {After}", done.Sweep, done.Bytes.Before, done.Bytes.After);
        done.Asker.Tell(new Compacted(done.Bytes.Before, done.Bytes.After));
    }

    private void OnNotCompacted(StoreNotCompacted failed)
    {
        _changing.Remove(failed.Sweep);
        _log.Error(failed.Fault, "The store of {Sweep} cannot be compacted", failed.Sweep);
        failed.Asker.Tell(Failure(failed.Fault));
    }

    /// <summary>The sweep if it is open and stays so; otherwise says why it cannot be told anything.</summary>
    private RunningSweep? Require(string name)
    {
        if (_changing.Contains(name))
        {
            DeclineChanging(name);
        }
        else if (_sweeps.TryGetValue(name, out var sweep))
        {
            return sweep;
        }
        else if (_stored.TryGetValue(name, out var stored))
        {
            Decline(
                DeclineReason.Conflict, $"{name} is {WordFor(stored.Settings?.State ?? SweepState.Finished)}: nothing of it runs");
        }
        else if (_problems.TryGetValue(name, out var problem))
        {
            Decline(DeclineReason.Conflict, $"{name} cannot be opened: {problem}");
        }
        else
        {
            Decline(DeclineReason.Unknown, $"there is no sweep named {name}");
        }

        return null;
    }

    private void ChangeWorker(string worker, SweepEvent happened)
    {
        Apply(happened);
        if (_scheduler!.Members.FirstOrDefault(member => member.Name == worker) is { } member)
        {
            _log.Info("Worker {Worker} {Change}", worker, member.IsDrained ? "is drained: it gets no more points" : "may take points");
            Sender.Tell(SummaryOf(member));
        }
        else
        {
            Decline(DeclineReason.Unknown, $"there is no worker named {worker}");
        }
    }

    private void Decline(DeclineReason reason, string message) => Sender.Tell(new Declined(reason, message));

    private void DeclineBroken(string name, string problem) =>
        Decline(DeclineReason.Conflict, $"{name} cannot go on before its store is opened anew: {problem}");

    private void DeclineChanging(string name) => Sender.Tell(Changing(name));

    private static Declined Changing(string name) =>
        new(DeclineReason.NotReady, $"{name} is just being opened or closed; try again");

    private static Declined Failure(Exception fault) =>
        new(DeclineReason.Failed, (fault as AggregateException)?.InnerException?.Message ?? fault.Message);

    private static string WordFor(SweepState state) => state.ToString().ToLowerInvariant();

    private void Answer(string name)
    {
        if (StatusOf(name) is { } status)
        {
            Sender.Tell(status);
        }
        else
        {
            Decline(DeclineReason.Unknown, $"there is no sweep named {name}");
        }
    }

    private void Remember(RunningSweep sweep, SweepSettings settings)
    {
        sweep.Settings = settings;
        try
        {
            _catalogue.Remember(sweep.Run.Spec.Name, settings);
        }
        catch (StoreException failure)
        {
            // It holds as long as this coordinator does; the next one will see the state before.
            _log.Error("The state of {Sweep} cannot be noted: {Reason}", sweep.Run.Spec.Name, failure.Message);
        }
    }

    private sealed record FailuresFound(string Sweep, IReadOnlyList<long> Points, IActorRef Asker, Func<SweepStatus, object> Answer)
        : INoSerializationVerificationNeeded;

    private sealed record FailuresNotFound(string Sweep, Exception Fault, IActorRef Asker) : INoSerializationVerificationNeeded;

    private sealed record StoreCompacted(string Sweep, (long Before, long After) Bytes, IActorRef Asker) : INoSerializationVerificationNeeded;

    private sealed record StoreNotCompacted(string Sweep, Exception Fault, IActorRef Asker) : INoSerializationVerificationNeeded;
}
