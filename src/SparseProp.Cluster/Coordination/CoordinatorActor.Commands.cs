using Akka.Actor;
using Akka.Event;
using SparseProp.Results;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Coordination;

/// <content>What operators tell a sweep to do.</content>
internal sealed partial class CoordinatorActor
{
    private void OnResume(Resume resume)
    {
        if (_sweeps.GetValueOrDefault(resume.Sweep)?.Problem is { } problem)
        {
            Decline(DeclineReason.Conflict, $"{resume.Sweep} cannot go on before its store is opened anew: {problem}");
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
        if (_sweeps.TryGetValue(retry.Sweep, out var sweep))
        {
            var (plan, folder, asker) = (sweep.Run.Plan, sweep.Run.Store.Folder, Sender);
            Task.Run(() => new FailuresFound(retry.Sweep, FailedPoints.In(plan, folder), asker))
                .PipeTo(Self, failure: fault => new SweepNotOpened(retry.Sweep, fault, asker));
        }
        else if (_stored.ContainsKey(retry.Sweep) && _catalogue.SpecOf(retry.Sweep) is { } spec)
        {
            Open(new Submit(spec, null, RetryFailed: true));
        }
        else
        {
            Require(retry.Sweep);
        }
    }

    private void OnFailuresFound(FailuresFound found)
    {
        Apply(new SweepEvent.PointsReopened(Now, found.Sweep, found.Points));
        found.Asker.Tell(StatusOf(found.Sweep) is { } status
            ? status
            : new Declined(DeclineReason.Unknown, $"there is no sweep named {found.Sweep}"));
    }

    private void OnDelete(Delete delete)
    {
        if (_sweeps.TryGetValue(delete.Sweep, out var sweep) && sweep.Settings.State == SweepState.Running)
        {
            Decline(DeclineReason.Conflict, $"{delete.Sweep} runs; cancel it first");
        }
        else if (sweep is not null)
        {
            Decline(DeclineReason.Conflict, $"{delete.Sweep} is {sweep.Settings.State}; its store is open until the coordinator restarts");
        }
        else if (!_stored.ContainsKey(delete.Sweep) || _changing.Contains(delete.Sweep))
        {
            Require(delete.Sweep);
        }
        else
        {
            DeleteStored(delete.Sweep);
        }
    }

    private void DeleteStored(string sweep)
    {
        try
        {
            _catalogue.Delete(sweep);
            _stored.Remove(sweep);
            Sender.Tell(new Deleted(sweep));
        }
        catch (StoreException failure)
        {
            Decline(DeclineReason.Failed, failure.Message);
        }
    }

    private RunningSweep? Require(string name)
    {
        if (_sweeps.TryGetValue(name, out var sweep))
        {
            return sweep;
        }

        if (_stored.TryGetValue(name, out var stored))
        {
            Decline(DeclineReason.Conflict, $"{name} is {stored.Settings?.State ?? SweepState.Finished}: nothing of it runs");
        }
        else
        {
            Decline(DeclineReason.Unknown, $"there is no sweep named {name}");
        }

        return null;
    }

    private void Decline(DeclineReason reason, string message) => Sender.Tell(new Declined(reason, message));

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
            _log.Error("The state of {0} cannot be noted: {1}", sweep.Run.Spec.Name, failure.Message);
        }
    }

    private sealed record FailuresFound(string Sweep, IReadOnlyList<long> Points, IActorRef Asker) : INoSerializationVerificationNeeded;
}
