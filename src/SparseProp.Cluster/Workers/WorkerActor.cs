using Akka.Actor;
using Akka.Event;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// The mailbox of a <see cref="WorkerBench"/>: asks the coordinator for leases, hands their points to the engine threads and repeats
/// what it says until it is answered. Always free to answer, since it never simulates itself.
/// </summary>
internal sealed partial class WorkerActor : ReceiveActor, IWithTimers
{
    // Bounds what is said at once after a long time without a coordinator.
    private const int MostReportsAtOnce = 1000;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<string> _refusals = [];
    private readonly IActorRef _coordinator;
    private readonly WorkerBench _bench;
    private readonly WorkerDesk _desk;
    private readonly WorkerOptions _options;
    private readonly Func<object, bool>? _drop;
    private readonly Action _wake;
    private Standing _standing;
    private TimeSpan _lastHello;
    private bool _asking;

    private WorkerActor(IActorRef coordinator, WorkerBench bench, Func<object, bool>? drop)
    {
        _coordinator = coordinator;
        _bench = bench;
        _desk = bench.Desk;
        _options = bench.Options;
        _drop = drop;
        var self = Self;
        _wake = () => self.Tell(Wake.Instance);

        Receive<WorkerWelcome>(OnWorkerWelcome);
        Receive<WorkerRefused>(OnWorkerRefused);
        Receive<Introduce>(OnIntroduce);
        Receive<WorkGranted>(OnWorkGranted);
        Receive<NoWork>(_ => { });
        Receive<PointsWithdrawn>(OnPointsWithdrawn);
        Receive<CheckpointPart>(OnCheckpointPart);
        Receive<CheckpointKept>(OnCheckpointKept);
        Receive<FilePart>(OnFilePart);
        Receive<ReportAcknowledged>(OnReportAcknowledged);
        Receive<Wake>(OnWake);
        Receive<RepeatTick>(OnRepeatTick);
        Receive<RenewTick>(OnRenewTick);
        Receive<DrainWorker>(OnDrainWorker);
        Receive<DrainDeadline>(OnDrainDeadline);
        Receive<FlushDeadline>(OnFlushDeadline);
        Receive<GetWorkerStatus>(OnGetWorkerStatus);
    }

    private enum Standing
    {
        Unknown,
        Refused,
        Welcome,
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _bench.Now;

    private bool IsWelcome => _standing == Standing.Welcome;

    /// <param name="coordinator">The singleton's proxy. It may drop what is sent while there is no coordinator; all is repeated.</param>
    /// <param name="bench">The process's bench; no other actor may use it.</param>
    /// <param name="drop">For tests: which outgoing messages are lost.</param>
    public static Props PropsFor(IActorRef coordinator, WorkerBench bench, Func<object, bool>? drop = null) =>
        Props.CreateBy(new Producer(coordinator, bench, drop));

    protected override void PreStart()
    {
        _bench.Attach(_wake);
        Timers.StartPeriodicTimer(nameof(RepeatTick), RepeatTick.Instance, _options.RepeatInterval, _options.RepeatInterval);
        Timers.StartPeriodicTimer(nameof(RenewTick), RenewTick.Instance, _options.RenewInterval, _options.RenewInterval);
        SayHello();
        Self.Tell(Wake.Instance);
    }

    protected override void PostStop() => _bench.Detach(_wake);

    private void OnWorkerWelcome(WorkerWelcome _)
    {
        if (IsWelcome)
        {
            return;
        }

        _standing = Standing.Welcome;
        _refusals.Clear();
        Renew();
        RepeatReports(before: TimeSpan.MaxValue);
        RepeatTransfers(before: TimeSpan.MaxValue);
        if (_drain is not null)
        {
            Send(new WorkerLeaving(_bench.Name));
        }
        else if (_asking)
        {
            AskForWork();
        }

        StartNext();

        // Last, for points that come of it may ask for more work.
        RepeatSources(before: TimeSpan.MaxValue);
    }

    private void OnWorkerRefused(WorkerRefused refused)
    {
        _standing = Standing.Refused;
        if (_refusals.Add(refused.Reason))
        {
            _log.Error("The coordinator refuses this worker: {Reason}", refused.Reason);
        }
    }

    private void OnIntroduce(Introduce _)
    {
        // Each message to a successor is answered so; one Hello is enough.
        if (IsWelcome)
        {
            _standing = Standing.Unknown;
            SayHello();
        }
    }

    private void OnReportAcknowledged(ReportAcknowledged acknowledged)
    {
        _desk.Acknowledge(acknowledged.Lease, acknowledged.Index);
        EndDrain();
    }

    private void OnRepeatTick(RepeatTick _)
    {
        var before = Now - _options.RepeatInterval;
        if (!IsWelcome)
        {
            if (_standing == Standing.Unknown || _lastHello <= Now - _options.RefusedInterval)
            {
                SayHello();
            }
        }
        else
        {
            RepeatReports(before);
            RepeatTransfers(before);
            if (_asking && _drain is null)
            {
                AskForWork();
            }

            RepeatSources(before);
        }
    }

    private void OnRenewTick(RenewTick _)
    {
        if (IsWelcome)
        {
            Renew();
        }
    }

    private void OnGetWorkerStatus(GetWorkerStatus _)
    {
        var running = _desk.WantedSlots.Select(slot => (Point: _desk.On(slot), Run: _bench.RunOn(slot)));
        Sender.Tell(new WorkerStatus(
            _bench.Name,
            IsWelcome,
            _drain is not null,
            [.. running.Select(r => new RunningPoint(r.Point.Sweep, r.Point.Index, r.Run?.Progress ?? 0, r.Run?.Elapsed ?? default))],
            _desk.Waiting,
            _desk.Unacknowledged));
    }

    private void SayHello()
    {
        _lastHello = Now;
        // What does not fit the first page is said on welcome.
        var held = HeldPages.Of(_desk.Held)[0];
        var (protocol, engine, build) = ProgramIdentity.Own;
        Send(new WorkerHello(
            _bench.Name,
            Environment.MachineName,
            _options.Slots,
            _options.MemoryBytes,
            protocol,
            engine,
            build,
            held));
    }

    private void Renew()
    {
        foreach (var page in HeldPages.Of(_desk.Held).Where(page => page.Length > 0))
        {
            Send(new LeasesHeld(_bench.Name, page));
        }
    }

    private void RepeatReports(TimeSpan before)
    {
        foreach (var report in _desk.Overdue(before, Now, MostReportsAtOnce))
        {
            Send(report);
        }
    }

    private void Send(object message)
    {
        if (_drop is null || !_drop(message))
        {
            _coordinator.Tell(message);
        }
    }

    private sealed class Producer(IActorRef coordinator, WorkerBench bench, Func<object, bool>? drop) : IIndirectActorProducer
    {
        public Type ActorType => typeof(WorkerActor);

        public ActorBase Produce() => new WorkerActor(coordinator, bench, drop);

        public void Release(ActorBase actor)
        {
            // Nothing but the bench outlives the actor, and that is the process's.
        }
    }

    private sealed record Wake : INoSerializationVerificationNeeded
    {
        public static readonly Wake Instance = new();
    }

    private sealed record RepeatTick : INoSerializationVerificationNeeded
    {
        public static readonly RepeatTick Instance = new();
    }

    private sealed record RenewTick : INoSerializationVerificationNeeded
    {
        public static readonly RenewTick Instance = new();
    }
}
