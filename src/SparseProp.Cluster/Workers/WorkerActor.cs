using Akka.Actor;
using Akka.Event;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using SparseProp.Engine;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// A node's worker: asks the coordinator for leases, hands their points to the engine threads and repeats each report until it is
/// acknowledged. Always free to answer, since it never simulates itself.
/// </summary>
internal sealed partial class WorkerActor : ReceiveActor, IWithTimers
{
    // A lease of 128 points takes some 1.5 kB here: a message stays far below what the serializer lets through.
    private const int MostLeasesPerMessage = 24;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly IActorRef _coordinator;
    private readonly WorkerBench _bench;
    private readonly WorkerDesk _desk;
    private readonly WorkerOptions _options;
    private bool _welcome;
    private bool _asking;
    private long _request;
    private string? _refusal;

    /// <param name="coordinator">The singleton's proxy. It may drop what is sent while there is no coordinator; all is repeated.</param>
    /// <param name="bench">Desk and engines, which stay when this actor goes.</param>
    public WorkerActor(IActorRef coordinator, WorkerBench bench)
    {
        _coordinator = coordinator;
        _bench = bench;
        _desk = bench.Desk;
        _options = bench.Options;

        Receive<WorkerWelcome>(OnWelcome);
        Receive<WorkerRefused>(OnRefused);
        Receive<Introduce>(_ => SayHello());
        Receive<HelloTick>(_ => SayHello());
        Receive<WorkGranted>(OnWorkGranted);
        Receive<NoWork>(_ => { });
        Receive<PointsWithdrawn>(OnPointsWithdrawn);
        Receive<ReportAcknowledged>(OnAcknowledged);
        Receive<EnginesStirred>(_ => HearEngines());
        Receive<RepeatTick>(_ => Repeat());
        Receive<RenewTick>(_ => Renew());
        ReceiveCheckpoints();
        ReceiveDrain();
    }

    public static Props PropsFor(IActorRef coordinator, WorkerBench bench) =>
        Props.Create(() => new WorkerActor(coordinator, bench));

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _bench.Now;

    protected override void PreStart()
    {
        var self = Self;
        _bench.Attach(() => self.Tell(EnginesStirred.Instance));
        Timers.StartPeriodicTimer(nameof(RepeatTick), RepeatTick.Instance, _options.RepeatInterval, _options.RepeatInterval);
        Timers.StartPeriodicTimer(nameof(RenewTick), RenewTick.Instance, _options.RenewInterval, _options.RenewInterval);
        SayHello();
    }

    protected override void PostStop() => _bench.Attach(null);

    private void SayHello() => _coordinator.Tell(new WorkerHello(
        _bench.Name,
        Environment.MachineName,
        _options.Slots,
        _options.MemoryBytes,
        WorkProtocol.Version,
        EngineVersion.Semantic,
        ProgramIdentity.Own.Build,
        [.. _desk.Held.Take(MostLeasesPerMessage)]));

    private void OnWelcome(WorkerWelcome _)
    {
        if (_refusal is not null)
        {
            _log.Info("The coordinator takes this worker now");
            _refusal = null;
        }

        _welcome = true;
        Renew();
        HearEngines();
    }

    private void OnRefused(WorkerRefused refused)
    {
        if (_refusal != refused.Reason)
        {
            _refusal = refused.Reason;
            _log.Error(
                "The coordinator refuses this worker: {0}. It asks again every {1} s", refused.Reason, _options.RefusedInterval.TotalSeconds);
        }

        Timers.StartSingleTimer(nameof(HelloTick), HelloTick.Instance, _options.RefusedInterval);
    }

    private void OnWorkGranted(WorkGranted granted)
    {
        if (_desk.Holds(granted.Lease))
        {
            return;
        }

        if (!_asking || granted.Request != _request || _desk.IsClosed)
        {
            // The answer to a request that was answered otherwise meanwhile.
            Return(granted.Lease, [.. granted.Points.Select(point => point.Index)]);
            return;
        }

        _asking = false;
        _desk.Add(granted);
        StartNext();
    }

    private void OnPointsWithdrawn(PointsWithdrawn withdrawn)
    {
        foreach (var (slot, assignment) in _desk.Drop(withdrawn.Lease, withdrawn.Points))
        {
            Stop(slot, assignment);
        }

        StartNext();
    }

    private void OnAcknowledged(ReportAcknowledged acknowledged)
    {
        _desk.Acknowledge(acknowledged.Lease, acknowledged.Index);
        CheckDrained();
    }

    private void HearEngines()
    {
        while (_bench.TryHear(out var report))
        {
            Hear(report);
        }

        StartNext();
    }

    private void Hear(EngineReport report)
    {
        switch (report)
        {
            case EngineReport.Finished finished:
                if (_desk.Finish(finished.Slot, finished.Record, Now) is { } message)
                {
                    _coordinator.Tell(message);
                }

                ForgetUpload(finished.Assignment);
                break;
            case EngineReport.Stopped stopped:
                OnStopped(stopped);
                break;
            case EngineReport.Saved saved:
                OnSaved(saved);
                break;
            case EngineReport.CheckpointRefused refused:
                _log.Warning(
                    "Point {0} of {1} begins anew: {2}", refused.Assignment.Index, refused.Assignment.Sweep, refused.Reason);
                break;
            default:
                throw new InvalidOperationException($"No one hears {report.GetType().Name}.");
        }
    }

    private void StartNext()
    {
        while (_desk.TryStart(out var slot, out var assignment))
        {
            if (assignment.CheckpointBytes > 0)
            {
                Fetch(slot, assignment);
            }
            else
            {
                _bench.Start(slot, assignment, checkpoint: null);
            }
        }

        _bench.CountBusy();
        if (_welcome && !_asking && _desk.WantsWork)
        {
            _request++;
            AskForWork();
        }

        CheckDrained();
    }

    private void AskForWork()
    {
        _asking = true;
        _coordinator.Tell(new RequestWork(_bench.Name, _request));
    }

    private void Repeat()
    {
        foreach (var report in _desk.Overdue(Now - _options.RepeatInterval, Now))
        {
            _coordinator.Tell(report);
        }

        RepeatTransfers();
        if (!_welcome)
        {
            if (_refusal is null)
            {
                SayHello();
            }
        }
        else if (_asking && !_desk.IsClosed)
        {
            AskForWork();
        }
    }

    private void Renew()
    {
        foreach (var leases in _desk.Held.Chunk(MostLeasesPerMessage))
        {
            _coordinator.Tell(new LeasesHeld(_bench.Name, leases));
        }
    }

    private void Return(Lease lease, long[] points) => _coordinator.Tell(new PointsReturned(_bench.Name, lease, points));

    private sealed record EnginesStirred : INoSerializationVerificationNeeded
    {
        public static readonly EnginesStirred Instance = new();
    }

    private sealed record RepeatTick : INoSerializationVerificationNeeded
    {
        public static readonly RepeatTick Instance = new();
    }

    private sealed record HelloTick : INoSerializationVerificationNeeded
    {
        public static readonly HelloTick Instance = new();
    }

    private sealed record RenewTick : INoSerializationVerificationNeeded
    {
        public static readonly RenewTick Instance = new();
    }
}
