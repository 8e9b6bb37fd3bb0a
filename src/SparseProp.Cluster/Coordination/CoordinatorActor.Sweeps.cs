using Akka.Actor;
using Akka.Event;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Records;
using SparseProp.Results.Root;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;
using static SparseProp.Cluster.Coordination.StoreProtocol;

namespace SparseProp.Cluster.Coordination;

/// <content>Sweeps: how they come, go on and end.</content>
internal sealed partial class CoordinatorActor
{
    // Sweeps whose stores are being opened or closed.
    private readonly HashSet<string> _changing = [];

    // Sweeps to be deleted once their stores are closed, with who asked for it.
    private readonly Dictionary<string, IActorRef> _deletions = [];

    // Who asked for a store to be compacted whose sweep is finished and which is just being closed.
    private readonly List<(Compact Asked, IActorRef Asker)> _compactions = [];
    private readonly Dictionary<string, StoredSweep> _stored = [];
    private readonly Dictionary<string, string> _problems = [];

    private void ReceiveSweeps()
    {
        Receive<SweepsOpened>(OnSweepsOpened);
        ReceiveFolders();
        Receive<IRequest>(
            _ => Decline(DeclineReason.NotReady, "the coordinator is still reading its stores"), _ => !_scheduler!.IsLoaded);
        Receive<SweepOpened>(OnSweepOpened);
        Receive<SweepNotOpened>(OnSweepNotOpened);
        Receive<KeeperStopped>(OnKeeperStopped);
        Receive<StoreIdle>(OnStoreIdle);
        Receive<FailuresFound>(OnFailuresFound);
        Receive<FailuresNotFound>(OnFailuresNotFound);
        Receive<Submit>(OnSubmit);
        Receive<GetSweep>(get => Answer(get.Sweep));
        Receive<ListSweeps>(_ => Sender.Tell(new SweepList([.. Names().Order(StringComparer.Ordinal).Select(name => StatusOf(name)!)])));
        Receive<GetCluster>(_ => Sender.Tell(DescribeCluster()));
        Receive<GetLeases>(get => Sender.Tell(DescribeLeases(get)));
        Receive<DrainWorker>(drain => ChangeWorker(drain.Worker, new SweepEvent.WorkerDrained(Now, drain.Worker)));
        Receive<ResumeWorker>(resume => ChangeWorker(resume.Worker, new SweepEvent.WorkerResumed(Now, resume.Worker)));
        Receive<Pause>(pause => Change(pause.Sweep, SweepState.Paused, new SweepEvent.SweepPaused(Now, pause.Sweep)));
        Receive<Resume>(OnResume);
        Receive<Cancel>(cancel => Change(cancel.Sweep, SweepState.Cancelled, new SweepEvent.SweepCancelled(Now, cancel.Sweep)));
        Receive<SetPriority>(OnSetPriority);
        Receive<RetryFailed>(OnRetryFailed);
        Receive<Delete>(OnDelete);
        Receive<Compact>(OnCompact);
        Receive<StoreCompacted>(OnCompacted);
        Receive<StoreNotCompacted>(OnNotCompacted);
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
            List(stored);
        }

        foreach (var (name, run, settings, problem) in opened.Sweeps)
        {
            if (run is null)
            {
                SetAside(name, problem!);
            }
            else
            {
                TryStart(run, settings!);
            }
        }

        Timers.StartPeriodicTimer(nameof(Look), Look.Instance, LookInterval);
        _log.Info("Coordinating {Sweeps} sweeps in epoch {Epoch}", _sweeps.Count, _epoch);
        Apply(new SweepEvent.SweepsLoaded(Now));
    }

    /// <summary>Starts a sweep, or sets it aside where it cannot be scheduled.</summary>
    /// <returns>Why it cannot; null where it runs.</returns>
    private string? TryStart(SweepRun run, SweepSettings settings)
    {
        try
        {
            Start(run, settings, new PlanWorkload(run.Plan), Replication.Of(run.Plan, run.Recorded, run.Store.Folder));
            return null;
        }
        catch (Exception problem) when (!_sweeps.ContainsKey(run.Spec.Name))
        {
            CloseQuietly(run);
            SetAside(run.Spec.Name, problem.Message);
            return problem.Message;
        }
    }

    private void Start(SweepRun run, SweepSettings settings, PlanWorkload work, Replication? replication)
    {
        var name = run.Spec.Name;
        var start = new SweepStart
        {
            Recorded = run.Recorded,
            Among = run.Among,
            Priority = settings.Priority,
            Paused = settings.State == SweepState.Paused,
            VerifyShare = run.Spec.Verify,
            Replication = replication,
            Checkpoints = run.CheckpointsFound.ToDictionary(
                found => found.Key, found => new CheckpointMark(found.Value.Generation, found.Value.Length)),
        };
        var source = SweepSource.Of(run);
        var writer = Context.ActorOf(StoreWriterActor.PropsFor(name, run.Store, _watcher.Metrics));
        var keeper = run.Checkpoints is { } folder
            ? Context.ActorOf(CheckpointKeeperActor.PropsFor(folder, run.Plan.KeyAt))
            : null;
        _sweeps.Add(name, new RunningSweep(run, settings, writer)
        {
            Keeper = keeper,
            Source = source is null ? null : (source.Hash, Context.ActorOf(SourceKeeperActor.PropsFor(source))),
        });
        _stored.Remove(name);
        _problems.Remove(name);
        _log.Info(
            "Sweep {Sweep}: points: {Points}, of them recorded: {Recorded}",
            name,
            start.Replication?.Needed ?? run.Plan.Count,
            start.Replication?.Recorded ?? run.Recorded.Points.Count);
        Apply(new SweepEvent.SweepAdded(Now, name, work, start));
        if (settings.State == SweepState.Cancelled)
        {
            Apply(new SweepEvent.SweepCancelled(Now, name));
        }
    }

    private void SetAside(string sweep, string problem)
    {
        _log.Error("The sweep {Sweep} cannot be opened: {Reason}", sweep, problem);
        _problems[sweep] = problem;
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
                _log.Info("Sweep {Sweep}: {Notice}", announce.Sweep, announce.Notice);
                _watcher.OnNotice(announce.Sweep, announce.Notice);
                Count(announce.Notice);
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
        PointRecord.Failed(giveUp.Index, _sweeps[giveUp.Sweep].Run.Plan.RecordedAt(giveUp.Index), giveUp.Failure, _clock.GetUtcNow()) with
        {
            Key = _sweeps[giveUp.Sweep].Run.Plan.KeyAt(giveUp.Index),
        };

    private void Finish(RunningSweep sweep)
    {
        var name = sweep.Run.Spec.Name;
        var progress = _scheduler!.ProgressOf(name)!;
        Remember(sweep, sweep.Settings with
        {
            State = SweepState.Finished,
            Points = progress.Points,
            Failed = progress.Failed,
            Divergent = progress.Divergent,
            NotReached = progress.NotReached,
        });
        sweep.Tell(progress);
        sweep.Run.Listener.OnFinished();
        _log.Info(
            "Sweep {Sweep} is finished; points: {Points}, failed: {Failed}, those that did not reach what until asks for: {NotReached}",
            name,
            progress.Points,
            progress.Failed,
            progress.NotReached);

        CloseAfterwards(sweep);
    }

    /// <summary>What is under way in the mailboxes of keeper and writer is done first; then the store closes.</summary>
    private void CloseAfterwards(RunningSweep sweep)
    {
        var name = sweep.Run.Spec.Name;
        _changing.Add(name);
        if (sweep.Keeper is { } keeper)
        {
            Context.WatchWith(keeper, new KeeperStopped(name));
            keeper.Tell(PoisonPill.Instance);
        }
        else
        {
            sweep.Writer.Tell(new CloseStore());
        }
    }

    private void OnKeeperStopped(KeeperStopped stopped) => _sweeps[stopped.Sweep].Writer.Tell(new CloseStore());

    private void OnStoreIdle(StoreIdle idle)
    {
        if (!_sweeps.Remove(idle.Sweep, out var sweep))
        {
            return;
        }

        MeasureEnd(sweep);
        Apply(new SweepEvent.SweepRemoved(Now, idle.Sweep));
        Context.Stop(sweep.Writer);
        if (sweep.Source is var (_, keeper))
        {
            Context.Stop(keeper);
        }

        CloseQuietly(sweep.Run);
        _changing.Remove(idle.Sweep);
        _stored[idle.Sweep] = new StoredSweep(idle.Sweep, sweep.Run.Spec.Hash.ToString(), sweep.Run.Plan.Count, sweep.Settings);
        if (_deletions.Remove(idle.Sweep, out var asker))
        {
            DeleteClosed(idle.Sweep, asker);
        }

        foreach (var waiting in _compactions.Where(one => one.Asked.Sweep == idle.Sweep))
        {
            Self.Tell(waiting.Asked, waiting.Asker);
        }

        _compactions.RemoveAll(one => one.Asked.Sweep == idle.Sweep);
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
            _log.Error("The store of {Sweep} was not closed in good order: {Reason}", run.Spec.Name, failure.Message);
        }
    }

    private void OnStoreFailed(StoreFailed failed)
    {
        if (!_catalogue.TryTake(out var epoch, out _) || epoch != _epoch)
        {
            // It stood still while another took them. No sweep is in trouble: it goes on over there.
            _log.Error("Another coordinator has taken the stores, so this one stops: {Reason}", failed.Cause.Message);
            Context.Stop(Self);
        }
        else if (_sweeps.TryGetValue(failed.Sweep, out var sweep))
        {
            sweep.Problem = failed.Cause.Message;
            _log.Error("Sweep {Sweep} cannot go on: {Reason}", failed.Sweep, failed.Cause.Message);
            Apply(new SweepEvent.SweepPaused(Now, failed.Sweep));
            sweep.Run.Listener.OnBroken(failed.Cause);
        }
    }

    private HashSet<string> Names() => [.. _sweeps.Keys, .. _stored.Keys, .. _problems.Keys];

    private sealed record SweepsOpened(IReadOnlyList<OpenedSweep> Sweeps, IReadOnlyList<StoredSweep> Stored)
        : INoSerializationVerificationNeeded
    {
        public Exception? Fault { get; init; }
    }

    private sealed record KeeperStopped(string Sweep) : INoSerializationVerificationNeeded;
}
