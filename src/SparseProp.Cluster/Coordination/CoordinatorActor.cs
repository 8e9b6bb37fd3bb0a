using Akka.Actor;
using Akka.Event;
using SparseProp.Cluster.Protocol;
using SparseProp.Engine;
using SparseProp.Results;
using SparseProp.Sweeps;
using static SparseProp.Cluster.Coordination.StoreProtocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Coordination;

/// <summary>
/// The mailbox around <see cref="SweepMachine"/>: turns messages and the clock into events, and effects into messages.
/// A cluster singleton. If it is restarted, it reads what is recorded from the store and goes on.
/// </summary>
internal sealed class CoordinatorActor : ReceiveActor, IWithTimers
{
    private const int MostSlots = 1024;

    private static readonly TimeSpan TickInterval = TimeSpan.FromSeconds(0.25);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, IActorRef> _workers = [];
    private readonly List<SweepEffect> _effects = [];
    private readonly SweepRun _run;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly SweepMachine _machine;
    private readonly IActorRef _store;
    private SweepProgress? _lastProgress;

    public CoordinatorActor(SweepRun run, SweepMachineOptions options, TimeProvider clock)
    {
        _run = run;
        _clock = clock;
        _started = clock.GetTimestamp();
        _machine = Prepare(run, options);
        _store = Context.ActorOf(StoreWriterActor.PropsFor(run.Store), "store");

        Receive<RequestWork>(OnRequestWork);
        Receive<LeasesHeld>(held => Apply(new SweepEvent.LeasesHeld(Now, held.Worker, held.Leases)));
        Receive<PointReport>(OnPointReport);
        Receive<LeaseReturned>(returned => Apply(new SweepEvent.LeaseReturned(Now, returned.Worker, returned.Lease)));
        Receive<WorkerTerminated>(OnTerminated);
        Receive<PointsRecorded>(OnPointsRecorded);
        Receive<StoreFailed>(failed => _run.Listener.OnBroken(failed.Cause));
        Receive<Tick>(OnTick);
    }

    public static Props PropsFor(SweepRun run, SweepMachineOptions options, TimeProvider clock) =>
        Props.Create(() => new CoordinatorActor(run, options, clock));

    public ITimerScheduler Timers { get; set; } = null!;

    private static SweepMachine Prepare(SweepRun run, SweepMachineOptions options)
    {
        try
        {
            var recorded = RecordedPoints.In(run.Plan, run.Store, run.RetryFailed);
            return new SweepMachine(
                options,
                run.Store.Epoch,
                recorded,
                index => PointEstimate.Of(run.Plan[index]).SynapticEvents,
                SweepWork.SynapticEventsOf(run.Plan));
        }
        catch (Exception fault)
        {
            // An actor that cannot be made has no one to restart it.
            run.Listener.OnBroken(fault);
            throw;
        }
    }

    private TimeSpan Now => _clock.GetElapsedTime(_started);

    protected override void PreStart()
    {
        _log.Info("Coordinating {0} points, {1} of them recorded", _run.Plan.Count, _machine.Progress.Recorded);
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, TimeSpan.Zero, TickInterval);
    }

    /// <summary>A fault in here is a defect. What is recorded is safe, so the run ends loudly rather than going round in circles.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        _run.Listener.OnBroken(reason);
        base.PreRestart(reason, message);
    }

    private void OnRequestWork(RequestWork request)
    {
        if (Refusal(request) is { } reason)
        {
            _log.Warning("Refused worker {0}: {1}", request.Worker, reason);
            Sender.Tell(new WorkerRefused(reason));
            return;
        }

        Meet(request.Worker);
        Apply(new SweepEvent.WorkRequested(Now, request.Worker, request.Request, (int)request.Slots));
    }

    private void Meet(string worker)
    {
        if (_workers.TryAdd(worker, Sender))
        {
            _log.Info("Worker {0} at {1} joined", worker, Sender.Path.Address);
            Context.WatchWith(Sender, new WorkerTerminated(worker));
        }
    }

    private static string? Refusal(RequestWork request)
    {
        if (request.ProtocolVersion != WorkProtocol.Version)
        {
            return $"protocol {request.ProtocolVersion}, but the coordinator speaks {WorkProtocol.Version}; run the same build";
        }

        if (request.Slots is < 1 or > MostSlots)
        {
            return $"a worker has 1 to {MostSlots} slots, not {request.Slots}";
        }

        return request.EngineVersion != EngineVersion.Semantic
            ? $"engine version {request.EngineVersion}, but the coordinator's is {EngineVersion.Semantic}; run the same build"
            : null;
    }

    private void OnPointReport(PointReport report)
    {
        var index = report.Record.Index;
        if (index < 0 || index >= _run.Plan.Count || _run.Plan.KeyAt(index) != report.Record.Key)
        {
            // From another sweep, or another version of this one: of no use here, and repeated until acknowledged.
            _log.Warning("Worker {0} reported point {1}, which is not in this sweep", report.Worker, report.Record.Key);
            Sender.Tell(new ReportAcknowledged(report.Lease, index));
            return;
        }

        Meet(report.Worker);
        Apply(new SweepEvent.PointReported(Now, report.Worker, report.Lease, report.Record));
    }

    private void OnTerminated(WorkerTerminated terminated)
    {
        _workers.Remove(terminated.Worker);
        Apply(new SweepEvent.WorkerLost(Now, terminated.Worker));
    }

    private void OnPointsRecorded(PointsRecorded recorded)
    {
        foreach (var report in recorded.Reports)
        {
            Apply(new SweepEvent.PointRecorded(Now, report.Index, report.Outcome, report.Failed, report.Source));
        }
    }

    private void OnTick(Tick _)
    {
        Apply(new SweepEvent.TimePassed(Now));
        if (_machine.Progress is var progress && progress != _lastProgress)
        {
            _lastProgress = progress;
            _run.Listener.OnProgress(progress);
        }
    }

    private void Apply(SweepEvent happened)
    {
        _machine.Apply(happened, _effects);
        foreach (var effect in _effects)
        {
            Perform(effect);
        }

        _effects.Clear();
    }

    private void Perform(SweepEffect effect)
    {
        switch (effect)
        {
            case SweepEffect.Grant grant:
                Tell(grant.Worker, new WorkGranted(grant.Request, grant.Lease, [.. grant.Points.Select(Describe)]));
                break;
            case SweepEffect.Hold hold:
                Tell(hold.Worker, new NoWork(hold.Request));
                break;
            case SweepEffect.Record record:
                _store.Tell(new RecordPoint(record.Point, record.Source));
                break;
            case SweepEffect.GiveUp giveUp:
                _store.Tell(new RecordPoint(GivenUp(giveUp), Source: null));
                break;
            case SweepEffect.Acknowledge acknowledge:
                Tell(acknowledge.Source.Worker, new ReportAcknowledged(acknowledge.Source.Lease, acknowledge.Index));
                break;
            case SweepEffect.Announce announce:
                _run.Listener.OnNotice(announce.Notice);
                break;
            case SweepEffect.Finish:
                _run.Listener.OnProgress(_machine.Progress);
                _run.Listener.OnFinished();
                break;
            default:
                throw new InvalidOperationException($"No one performs {effect.GetType().Name}.");
        }
    }

    // A worker that is gone needs no answer: its points are leased again.
    private void Tell(string worker, IMessage message) => _workers.GetValueOrDefault(worker)?.Tell(message);

    private GrantedPoint Describe(GrantedIndex point) =>
        new(point.Index, PointParameters.Of(_run.Plan[point.Index]), point.Attempt);

    private PointRecord GivenUp(SweepEffect.GiveUp giveUp) =>
        PointRecord.Failed(giveUp.Index, _run.Plan[giveUp.Index], giveUp.Failure, _clock.GetUtcNow());

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static readonly Tick Instance = new();
    }

    private sealed record WorkerTerminated(string Worker) : INoSerializationVerificationNeeded;
}
