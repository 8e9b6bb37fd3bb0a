using Akka.Actor;
using Akka.Event;
using SparseProp.Cluster.Protocol;
using SparseProp.Engine;
using SparseProp.Results;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// A node's worker: asks the coordinator for leases, hands their points to the engine threads and repeats each report until it is
/// acknowledged. Always free to answer, since it never simulates itself.
/// </summary>
internal sealed class WorkerActor : ReceiveActor, IWithTimers
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _coordinator;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _clock;
    private readonly long _started;
    // Unique for each start: a restarted worker does not answer for the leases of the one before it.
    private readonly string _name = $"{Environment.MachineName}-{Guid.NewGuid().ToString("n")[..12]}";
    private readonly WorkerDesk _desk;
    private readonly EngineThread[] _engines;
    private int _busy;
    private long _request;
    private bool _asking;
    private bool _refused;

    /// <param name="coordinator">The singleton's proxy. It may drop what is sent while there is no coordinator; all is repeated.</param>
    /// <param name="options">Slots and intervals.</param>
    /// <param name="clock">Times repeats and dates records.</param>
    public WorkerActor(IActorRef coordinator, WorkerOptions options, TimeProvider clock)
    {
        _coordinator = coordinator;
        _options = options;
        _clock = clock;
        _started = clock.GetTimestamp();
        _desk = new WorkerDesk(_name, options.Slots);
        var self = Self;
        _engines = [.. Enumerable.Range(0, options.Slots).Select(slot => new EngineThread(
            slot,
            new PointRunner(options.Slots, () => Volatile.Read(ref _busy)),
            clock,
            record => self.Tell(new PointFinished(slot, record))))];

        Receive<WorkGranted>(OnWorkGranted);
        Receive<NoWork>(_ => { });
        Receive<WorkerRefused>(OnWorkerRefused);
        Receive<PointFinished>(OnPointFinished);
        Receive<ReportAcknowledged>(acknowledged => _desk.Acknowledge(acknowledged.Lease, acknowledged.Index));
        Receive<RepeatTick>(OnRepeatTick);
        Receive<RenewTick>(OnRenewTick);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _clock.GetElapsedTime(_started);

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(RepeatTick), RepeatTick.Instance, _options.RepeatInterval, _options.RepeatInterval);
        Timers.StartPeriodicTimer(nameof(RenewTick), RenewTick.Instance, _options.RenewInterval, _options.RenewInterval);
        AskForWork();
    }

    protected override void PostStop()
    {
        foreach (var lease in _desk.Leases)
        {
            _coordinator.Tell(new LeaseReturned(_name, lease));
        }

        foreach (var engine in _engines)
        {
            engine.Dispose();
        }
    }

    private void OnWorkGranted(WorkGranted granted)
    {
        if (_asking && granted.Request == _request)
        {
            _asking = false;
            _desk.Add(granted.Lease, granted.Points);
            StartNext();
        }
        else if (!_desk.Holds(granted.Lease))
        {
            // The answer to a request that was answered otherwise meanwhile.
            _coordinator.Tell(new LeaseReturned(_name, granted.Lease));
        }
    }

    private void OnWorkerRefused(WorkerRefused refused)
    {
        _refused = true;
        _log.Error("The coordinator refuses this worker: {0}", refused.Reason);
    }

    private void OnPointFinished(PointFinished finished)
    {
        _coordinator.Tell(_desk.Finish(finished.Slot, finished.Record, Now));
        StartNext();
    }

    private void StartNext()
    {
        while (_desk.TryStart(out var slot, out var assignment))
        {
            _engines[slot].Start(assignment);
        }

        Volatile.Write(ref _busy, _desk.Running);
        if (!_asking && _desk.WantsWork)
        {
            _request++;
            AskForWork();
        }
    }

    private void AskForWork()
    {
        _asking = true;
        _coordinator.Tell(new RequestWork(
            _name, Environment.MachineName, _request, _options.Slots, WorkProtocol.Version, EngineVersion.Semantic));
    }

    private void OnRepeatTick(RepeatTick _)
    {
        foreach (var report in _desk.Overdue(Now - _options.RepeatInterval, Now))
        {
            _coordinator.Tell(report);
        }

        if (_asking && !_refused)
        {
            AskForWork();
        }
    }

    private void OnRenewTick(RenewTick _)
    {
        var leases = _desk.Leases;
        if (leases.Count > 0)
        {
            _coordinator.Tell(new LeasesHeld(_name, [.. leases]));
        }
    }

    private sealed record PointFinished(int Slot, PointRecord Record) : INoSerializationVerificationNeeded;

    private sealed record RepeatTick : INoSerializationVerificationNeeded
    {
        public static readonly RepeatTick Instance = new();
    }

    private sealed record RenewTick : INoSerializationVerificationNeeded
    {
        public static readonly RenewTick Instance = new();
    }
}
