using Akka.Actor;
using Akka.Event;
using SparseProp.Cluster.Protocol;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.StoreProtocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Coordination;

/// <summary>
/// The mailbox around <see cref="Scheduler"/>: turns messages and the clock into events, and effects into messages.
/// A cluster singleton. It works once it has the stores, and reads what is recorded from them.
/// </summary>
internal sealed partial class CoordinatorActor : ReceiveActor, IWithTimers
{
    private const int MostSlots = 1024;

    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan TakeInterval = TimeSpan.FromSeconds(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, IActorRef> _workers = [];
    private readonly Dictionary<string, RunningSweep> _sweeps = [];
    private readonly List<SweepEffect> _effects = [];
    private readonly ISweepCatalogue _catalogue;
    private readonly SchedulerOptions _options;
    private readonly ICoordinatorWatcher _watcher;
    private readonly TimeProvider _clock;
    private readonly long _started;

    // None while another coordinator has the stores.
    private Scheduler? _scheduler;
    private long _epoch;
    private string? _holder;

    public CoordinatorActor(ISweepCatalogue catalogue, SchedulerOptions options, ICoordinatorWatcher watcher, TimeProvider clock)
    {
        _catalogue = catalogue;
        _options = options;
        _watcher = watcher;
        _clock = clock;
        _started = clock.GetTimestamp();
        Waiting();
    }

    public static Props PropsFor(
        ISweepCatalogue catalogue, SchedulerOptions options, ICoordinatorWatcher watcher, TimeProvider clock) =>
        Props.Create(() => new CoordinatorActor(catalogue, options, watcher, clock));

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _clock.GetElapsedTime(_started);

    protected override void PreStart()
    {
        _watcher.OnStarted(Self);
        Self.Tell(Take.Instance);
    }

    /// <summary>The children have stopped: no one writes any more.</summary>
    protected override void PostStop()
    {
        _watcher.OnStopped(Self);
        _watcher.Metrics?.OnStopped();
        foreach (var sweep in _sweeps.Values)
        {
            CloseQuietly(sweep.Run);
        }

        _catalogue.Release();
    }

    /// <summary>A fault in here is a defect. What is recorded is safe, so the run ends loudly rather than going round in circles.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var sweep in _sweeps.Values)
        {
            sweep.Run.Listener.OnBroken(reason);
        }

        base.PreRestart(reason, message);
    }

    /// <summary>Another coordinator has the stores, or their sweeps are not opened yet. Workers repeat what they say meanwhile.</summary>
    private void Waiting()
    {
        Receive<Take>(OnTake);
        Receive<CoordinatorProtocol.IRequest>(_ => Sender.Tell(new CoordinatorProtocol.Declined(
            DeclineReason.NotReady,
            _holder is null ? "the coordinator is still starting" : $"this coordinator stands by: the stores are held by {_holder}")));
        ReceiveAny(_ => { });
    }

    private void OnTake(Take _)
    {
        try
        {
            if (!_catalogue.TryTake(out _epoch, out var holder))
            {
                if (holder != _holder)
                {
                    _holder = holder;
                    _log.Info("Standing by: the stores are held by {Holder}", holder);
                }

                Timers.StartSingleTimer(nameof(Take), Take.Instance, TakeInterval);
                return;
            }
        }
        catch (StoreException failure)
        {
            _watcher.OnFailed(failure);
            return;
        }

        _holder = null;
        _scheduler = new Scheduler(_options, ProgramIdentity.Own, _epoch);
        Become(Coordinating);
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, TickInterval);
        OpenUnfinished();
    }

    private void Coordinating()
    {
        Receive<WorkerHello>(OnHello);
        Receive<RequestWork>(request => Apply(new SweepEvent.WorkRequested(Now, request.Worker, request.Request), request.Worker));
        Receive<LeasesHeld>(held => Apply(new SweepEvent.LeasesHeld(Now, held.Worker, held.Leases), held.Worker));
        Receive<PointReport>(OnPointReport);
        Receive<PointsReturned>(
            returned => Apply(new SweepEvent.PointsReturned(Now, returned.Worker, returned.Lease, returned.Points) { Reason = returned.Reason }, returned.Worker));
        Receive<WorkerLeaving>(leaving => Apply(new SweepEvent.WorkerLeaving(Now, leaving.Worker), leaving.Worker));
        Receive<CheckpointPart>(OnCheckpointPart);
        Receive<FetchCheckpoint>(OnFetchCheckpoint);
        Receive<FetchFile>(OnFetchFile);
        Receive<CheckpointKeeperActor.Saved>(
            saved => Apply(new SweepEvent.CheckpointSaved(Now, saved.Sweep, saved.Index, saved.Checkpoint)));
        Receive<WorkerTerminated>(OnTerminated);
        Receive<PointsRecorded>(OnPointsRecorded);
        Receive<StoreFailed>(OnStoreFailed);
        Receive<Tick>(OnTick);
        ReceiveSweeps();
    }

    private void OnPointsRecorded(PointsRecorded recorded)
    {
        foreach (var report in recorded.Reports)
        {
            Count(recorded.Sweep, report);
            Apply(new SweepEvent.PointRecorded(Now, recorded.Sweep, report.Index, report.Outcome, report.Failed, report.Source));
        }
    }

    private void OnTick(Tick _)
    {
        Apply(new SweepEvent.TimePassed(Now));
        foreach (var sweep in _sweeps.Values)
        {
            if (_scheduler!.ProgressOf(sweep.Run.Spec.Name) is { } progress)
            {
                sweep.Tell(progress);
            }
        }

        Measure();
    }

    /// <summary>Lets the scheduler decide, and does what it says.</summary>
    /// <param name="happened">What happened.</param>
    /// <param name="worker">The worker that the present message is from.</param>
    private void Apply(SweepEvent happened, string? worker = null)
    {
        _scheduler!.Apply(happened, _effects);
        foreach (var effect in _effects.ToArray())
        {
            Perform(effect, worker);
        }

        _effects.Clear();
    }

    private void Perform(SweepEffect effect, string? worker)
    {
        switch (effect)
        {
            case SweepEffect.Welcome welcome:
                Meet(welcome.Worker);
                Sender.Tell(new WorkerWelcome(_epoch));
                break;
            case SweepEffect.Refuse refuse:
                _log.Warning("Refused worker {Worker} at {Address}: {Reason}", refuse.Worker, Sender.Path.Address, refuse.Reason);
                Sender.Tell(new WorkerRefused(refuse.Reason));
                break;
            case SweepEffect.Introduce:
                Sender.Tell(new Introduce(_epoch));
                break;
            case SweepEffect.Grant grant:
                Tell(grant.Worker, worker, new WorkGranted(
                    grant.Request,
                    grant.Lease,
                    grant.Sweep,
                    _options.CheckpointInterval.TotalSeconds,
                    [.. grant.Points.Select(point => Describe(grant.Sweep, point))])
                {
                    Source = _sweeps[grant.Sweep].Source?.Hash ?? "",
                });
                break;
            case SweepEffect.Hold hold:
                Tell(hold.Worker, worker, new NoWork(hold.Request));
                break;
            case SweepEffect.Withdraw withdraw:
                Tell(withdraw.Worker, worker, new PointsWithdrawn(withdraw.Lease, [.. withdraw.Points]));
                break;
            case SweepEffect.Acknowledge(var source):
                Tell(source.Worker, worker, new ReportAcknowledged(source.Lease, source.Index));
                break;
            default:
                PerformForSweep(effect);
                break;
        }
    }

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    private sealed record Take : INoSerializationVerificationNeeded
    {
        public static readonly Take Instance = new();
    }
}
