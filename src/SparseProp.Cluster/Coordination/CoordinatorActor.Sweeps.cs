using Akka.Actor;
using Akka.Event;
using SparseProp.Results;
using SparseProp.Sweeps;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;
using static SparseProp.Cluster.Coordination.StoreProtocol;

namespace SparseProp.Cluster.Coordination;

/// <content>Sweeps: how they come, go on and end.</content>
internal sealed partial class CoordinatorActor
{
    // Sweeps whose stores are being opened or closed, with who asked for it.
    private readonly HashSet<string> _changing = [];
    private readonly Dictionary<string, StoredSweep> _stored = [];
    private readonly Dictionary<string, string> _problems = [];

    private void ReceiveSweeps()
    {
        Receive<SweepsOpened>(OnSweepsOpened);
        Receive<IRequest>(
            _ => Decline(DeclineReason.NotReady, "the coordinator is still reading its stores"), _ => !_scheduler!.IsLoaded);
        Receive<SweepOpened>(OnSweepOpened);
        Receive<SweepNotOpened>(OnSweepNotOpened);
        Receive<StoreIdle>(OnStoreIdle);
        Receive<FailuresFound>(OnFailuresFound);
        Receive<Submit>(OnSubmit);
        Receive<GetSweep>(get => Answer(get.Sweep));
        Receive<ListSweeps>(_ => Sender.Tell(new SweepList([.. Names().Order(StringComparer.Ordinal).Select(name => StatusOf(name)!)])));
        Receive<GetCluster>(_ => Sender.Tell(DescribeCluster()));
        Receive<Pause>(pause => Change(pause.Sweep, SweepState.Paused, new SweepEvent.SweepPaused(Now, pause.Sweep)));
        Receive<Resume>(OnResume);
        Receive<Cancel>(cancel => Change(cancel.Sweep, SweepState.Cancelled, new SweepEvent.SweepCancelled(Now, cancel.Sweep)));
        Receive<SetPriority>(OnSetPriority);
        Receive<RetryFailed>(OnRetryFailed);
        Receive<Delete>(OnDelete);
    }

    private void OpenUnfinished()
    {
        var catalogue = _catalogue;
        Task.Run(() => new SweepsOpened(catalogue.OpenUnfinished(), catalogue.Stored()))
            .PipeTo(Self, failure: fault => new SweepsOpened([], []) { Fault = fault });
    }

    private void OnSweepsOpened(SweepsOpened opened)
    {
        if (opened.Fault is { } fault)
        {
            _watcher.OnFailed(fault);
            return;
        }

        foreach (var stored in opened.Stored)
        {
            _stored[stored.Name] = stored;
        }

        foreach (var (name, run, settings, problem) in opened.Sweeps)
        {
            if (run is not null)
            {
                Start(run, settings!);
            }
            else
            {
                _log.Error("The sweep {0} cannot be opened: {1}", name, problem);
                _problems[name] = problem!;
            }
        }

        _log.Info("Coordinating {0} sweeps in epoch {1}", _sweeps.Count, _epoch);
        Apply(new SweepEvent.SweepsLoaded(Now));
    }

    private void Start(SweepRun run, SweepSettings settings)
    {
        var name = run.Spec.Name;
        var writer = Context.ActorOf(StoreWriterActor.PropsFor(name, run.Store));
        var keeper = run.Checkpoints is { } folder
            ? Context.ActorOf(CheckpointKeeperActor.PropsFor(folder, run.Plan.KeyAt))
            : null;
        _sweeps.Add(name, new RunningSweep(run, settings, writer, keeper));
        _stored.Remove(name);
        _problems.Remove(name);
        _log.Info("Sweep {0}: {1} points, {2} of them recorded", name, run.Plan.Count, run.Recorded.Points.Count);
        Apply(new SweepEvent.SweepAdded(Now, name, new PlanWorkload(run.Plan), new SweepStart
        {
            Recorded = run.Recorded,
            Priority = settings.Priority,
            Paused = settings.State == SweepState.Paused,
            VerifyShare = run.Spec.Verify,
            Checkpoints = run.CheckpointsFound.ToDictionary(
                found => found.Key, found => new CheckpointMark(found.Value.Generation, found.Value.Length)),
        }));
        if (settings.State == SweepState.Cancelled)
        {
            Apply(new SweepEvent.SweepCancelled(Now, name));
        }
    }

    private void PerformForSweep(SweepEffect effect)
    {
        switch (effect)
        {
            case SweepEffect.Record record:
                _sweeps[record.Sweep].Writer.Tell(new RecordPoint(record.Point, record.Source));
                break;
            case SweepEffect.GiveUp giveUp:
                _sweeps[giveUp.Sweep].Writer.Tell(new RecordPoint(GivenUp(giveUp), Source: null));
                break;
            case SweepEffect.ForgetCheckpoint forget:
                _sweeps.GetValueOrDefault(forget.Sweep)?.Keeper?.Tell(new CheckpointKeeperActor.Forget(forget.Index));
                break;
            case SweepEffect.Announce announce:
                _log.Info("Sweep {0}: {1}", announce.Sweep, announce.Notice);
                _sweeps.GetValueOrDefault(announce.Sweep)?.Notice(announce.Notice);
                break;
            case SweepEffect.Finish finish:
                Finish(_sweeps[finish.Sweep]);
                break;
            default:
                throw new InvalidOperationException($"No one performs {effect.GetType().Name}.");
        }
    }

    private PointRecord GivenUp(SweepEffect.GiveUp giveUp) =>
        PointRecord.Failed(giveUp.Index, _sweeps[giveUp.Sweep].Run.Plan[giveUp.Index], giveUp.Failure, _clock.GetUtcNow());

    private void Finish(RunningSweep sweep)
    {
        var name = sweep.Run.Spec.Name;
        var progress = _scheduler!.ProgressOf(name)!;
        Remember(sweep, sweep.Settings with
        {
            State = SweepState.Finished,
            Failed = progress.Failed,
            Divergent = progress.Divergent,
        });
        sweep.Tell(progress);
        sweep.Run.Listener.OnFinished();
        _log.Info("Sweep {0} is finished: {1} points, {2} failed", name, progress.Points, progress.Failed);
        CloseAfterwards(sweep);
    }

    /// <summary>What is under way in the writer's mailbox is written first; then the store closes.</summary>
    private void CloseAfterwards(RunningSweep sweep)
    {
        _changing.Add(sweep.Run.Spec.Name);
        sweep.Writer.Tell(new CloseStore(), Self);
    }

    private void OnStoreIdle(StoreIdle idle)
    {
        if (!_sweeps.Remove(idle.Sweep, out var sweep))
        {
            return;
        }

        Apply(new SweepEvent.SweepRemoved(Now, idle.Sweep));
        Context.Stop(sweep.Writer);
        if (sweep.Keeper is not null)
        {
            Context.Stop(sweep.Keeper);
        }

        CloseQuietly(sweep.Run);
        _changing.Remove(idle.Sweep);
        _stored[idle.Sweep] = new StoredSweep(idle.Sweep, sweep.Run.Spec.Hash.ToString(), sweep.Run.Plan.Count, sweep.Settings);
    }

    private void CloseQuietly(SweepRun run)
    {
        try
        {
            _catalogue.Close(run);
        }
        catch (StoreException failure)
        {
            // Whatever was acknowledged is safe; the rest runs again.
            _log.Error("The store of {0} was not closed in good order: {1}", run.Spec.Name, failure.Message);
        }
    }

    private void OnStoreFailed(StoreFailed failed)
    {
        if (!_catalogue.TryTake(out var epoch, out _) || epoch != _epoch)
        {
            // It stood still while another took them. No sweep is in trouble: it goes on over there.
            _log.Error("Another coordinator has taken the stores, so this one stops: {0}", failed.Cause.Message);
            Context.Stop(Self);
        }
        else if (_sweeps.TryGetValue(failed.Sweep, out var sweep))
        {
            sweep.Problem = failed.Cause.Message;
            _log.Error("Sweep {0} cannot go on: {1}", failed.Sweep, failed.Cause.Message);
            Apply(new SweepEvent.SweepPaused(Now, failed.Sweep));
            sweep.Run.Listener.OnBroken(failed.Cause);
        }
    }

    private void OnSubmit(Submit submit)
    {
        var name = submit.Spec.Name;
        var hash = submit.Spec.Hash.ToString();
        if (_changing.Contains(name))
        {
            Decline(DeclineReason.NotReady, $"{name} is just being opened or closed; try again");
        }
        else if (_sweeps.TryGetValue(name, out var running))
        {
            if (running.Run.Spec.Hash.ToString() != hash)
            {
                Decline(
                    DeclineReason.Conflict,
                    $"a sweep named {name} runs with another file; wait for its end, cancel and delete it, or choose another name");
                return;
            }

            if (running.Settings.State is SweepState.Cancelled)
            {
                Change(name, SweepState.Running, new SweepEvent.SweepResumed(Now, name), answer: false);
            }

            Sender.Tell(new Submitted(StatusOf(name)!, SubmitOutcome.Attached, WarningsOf(submit.Spec)));
        }
        else if (_stored.TryGetValue(name, out var stored)
            && stored.SpecHash == hash
            && stored.Settings is { State: SweepState.Finished } settings
            && !(submit.RetryFailed && settings.Failed > 0))
        {
            Sender.Tell(new Submitted(StatusOf(name)!, SubmitOutcome.Attached, WarningsOf(submit.Spec)));
        }
        else
        {
            Open(submit);
        }
    }

    private void Open(Submit submit)
    {
        var settings = new SweepSettings
        {
            State = SweepState.Running,
            Priority = submit.Priority ?? submit.Spec.Priority,
            RetryFailed = submit.RetryFailed,
            SubmittedUtc = _clock.GetUtcNow(),
        };
        var (catalogue, asker) = (_catalogue, Sender);
        _changing.Add(submit.Spec.Name);
        Task.Run(() => new SweepOpened(catalogue.Open(submit.Spec, settings), settings, asker))
            .PipeTo(Self, failure: fault => new SweepNotOpened(submit.Spec.Name, fault, asker));
    }

    private void OnSweepOpened(SweepOpened opened)
    {
        var name = opened.Run.Spec.Name;
        _changing.Remove(name);
        var outcome = _stored.ContainsKey(name) ? SubmitOutcome.Extended : SubmitOutcome.Started;
        Start(opened.Run, opened.Settings);
        opened.Asker.Tell(new Submitted(StatusOf(name)!, outcome, WarningsOf(opened.Run.Spec)));
    }

    private void OnSweepNotOpened(SweepNotOpened failed)
    {
        _changing.Remove(failed.Sweep);
        _log.Error(failed.Fault, "The sweep {0} cannot be opened", failed.Sweep);
        failed.Asker.Tell(new Declined(DeclineReason.Failed, (failed.Fault as AggregateException)?.InnerException?.Message ?? failed.Fault.Message));
    }

    private List<string> WarningsOf(SweepSpec spec)
    {
        var warnings = spec.Warnings.Select(warning => warning.ToString()).ToList();
        if (_scheduler!.LargestMisfit(spec.Name) is { } misfit)
        {
            warnings.Add(misfit);
        }

        return warnings;
    }

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

    private HashSet<string> Names() => [.. _sweeps.Keys, .. _stored.Keys, .. _problems.Keys];

    private sealed record SweepsOpened(IReadOnlyList<OpenedSweep> Sweeps, IReadOnlyList<StoredSweep> Stored)
        : INoSerializationVerificationNeeded
    {
        public Exception? Fault { get; init; }
    }

    private sealed record SweepOpened(SweepRun Run, SweepSettings Settings, IActorRef Asker) : INoSerializationVerificationNeeded;

    private sealed record SweepNotOpened(string Sweep, Exception Fault, IActorRef Asker) : INoSerializationVerificationNeeded;

    private sealed record FailuresFound(string Sweep, IReadOnlyList<long> Points, IActorRef Asker) : INoSerializationVerificationNeeded;
}
