using SparseProp.Cluster.Coordination;
using SparseProp.Engine;
using SparseProp.Results;

namespace SparseProp.Cluster.Prediction;

/// <summary>
/// Predicts how long a sweep takes on a cluster: a discrete-event run, in virtual time, of the very same <see cref="Scheduler"/> that
/// runs real ones. No worker is lost, none is slow beyond <see cref="SimulationAssumptions.Noise"/>, and the coordinator itself takes no time.
/// </summary>
internal sealed class ClusterSimulation
{
    private const string Sweep = "simulated";

    // As the coordinator's clock ticks; coarser where a sweep would take weeks, so that ticks do not outnumber points.
    private const double TickSeconds = 0.25;
    private const double MostTicks = 100_000;

    // What a worker reports; only its index matters here.
    private static readonly PointRecord Report = new()
    {
        Key = default,
        Index = 0,
        Status = PointStatus.Ok,
        Parameters = new SimulationParameters { N = 2, K = 1, Stop = RunLength.Spikes(1) },
        Cost = new PointCost { WallSeconds = 1, CpuSeconds = 1, SetupSeconds = 0, Host = Sweep, BusySlots = 1, Contended = false },
        FinishedUtc = DateTimeOffset.UnixEpoch,
        EngineVersion = EngineVersion.Semantic,
    };

    private readonly PriorityQueue<Action, (double At, long Number)> _agenda = new();
    private readonly List<SweepEffect> _effects = [];
    private readonly SimulatedWorkload _work;
    private readonly ClusterShape _shape;
    private readonly SimulationAssumptions _assumptions;
    private readonly Scheduler _scheduler;
    private readonly Dictionary<string, SimulatedDesk> _desks = [];
    private readonly double _latency;
    private readonly double _tick;
    private List<SweepEffect> _unsynced = [];
    private bool _isSyncing;
    private bool _isTicking;
    private bool _isFinished;
    private double _now;
    private long _events;
    private readonly double _workSeconds;
    private readonly double _longest;
    private double _busy;
    private long _leases;
    private long _granted;
    private long _messages;
    private long _givenUp;

    private ClusterSimulation(IWorkload work, ClusterShape shape, SchedulerOptions options, SimulationAssumptions assumptions)
    {
        _work = new SimulatedWorkload(work, assumptions.Noise);
        _shape = shape;
        _assumptions = assumptions;
        _latency = assumptions.Latency.TotalSeconds;

        // Leases need no renewal where no one is lost.
        var undisturbed = options with { LeaseTime = TimeSpan.MaxValue / 4, AdoptionTime = TimeSpan.Zero, MemoryGrace = TimeSpan.Zero };
        _scheduler = new Scheduler(undisturbed, ProgramIdentity.Own, epoch: 1);
        for (var @class = 0; @class < _work.Classes; @class++)
        {
            if (_work.SizeOf(@class) > 0 && _work.MemoryOf(@class).Fits(shape.MemoryBytes))
            {
                _workSeconds += _work.SizeOf(@class) * _work.SecondsOf(@class);
                _longest = Math.Max(_longest, _work.SecondsOf(@class));
            }
        }

        _tick = Math.Max(TickSeconds, _workSeconds / shape.Workers / shape.Slots / MostTicks);
    }

    /// <summary>Runs a sweep of which nothing is recorded yet.</summary>
    /// <param name="work">Its points, with what they are estimated to take.</param>
    /// <param name="shape">The cluster.</param>
    /// <param name="options">The rules by which points are leased.</param>
    /// <param name="assumptions">About machines and network; the defaults where null.</param>
    public static ClusterPrediction Run(
        IWorkload work, ClusterShape shape, SchedulerOptions options, SimulationAssumptions? assumptions = null) =>
        new ClusterSimulation(work, shape, options, assumptions ?? new SimulationAssumptions()).Run();

    private ClusterPrediction Run()
    {
        var points = new RecordedPoints(new PointSet(_work.Points), null);
        Apply(new SweepEvent.SweepAdded(TimeSpan.Zero, Sweep, _work, new SweepStart { Recorded = points }));
        Apply(new SweepEvent.SweepsLoaded(TimeSpan.Zero));
        for (var number = 0; number < _shape.Workers; number++)
        {
            var desk = new SimulatedDesk($"w{number}", _shape.Slots, _shape.MemoryBytes);
            _desks.Add(desk.Worker, desk);
            var identity = new WorkerIdentity(desk.Worker, desk.Worker, _shape.Slots, _shape.MemoryBytes, ProgramIdentity.Own);
            Apply(new SweepEvent.WorkerJoined(TimeSpan.Zero, identity, []));
            Ask(desk);
        }

        Tick();
        while (!_isFinished && _agenda.TryDequeue(out var happens, out var when))
        {
            _now = when.At;
            happens();
        }

        return _isFinished
            ? Prediction()
            : throw new InvalidOperationException($"The simulated cluster stopped at {_now} s with {_granted} of {_work.Points} points leased.");
    }

    private ClusterPrediction Prediction() => new()
    {
        MakespanSeconds = _now,
        WorkSeconds = _assumptions.Noise > 0 ? Durations().Sum() : _workSeconds,
        LongestPointSeconds = _assumptions.Noise > 0 ? Durations().DefaultIfEmpty().Max() : _longest,
        Slots = _shape.Workers * _shape.Slots,
        BusySeconds = _busy,
        Points = _work.Points - _givenUp,
        GivenUp = _givenUp,
        Leases = _leases,
        Copies = _granted - (_work.Points - _givenUp),
        Messages = _messages,
    };

    private IEnumerable<double> Durations()
    {
        for (var index = 0L; index < _work.Points; index++)
        {
            if (_work.MemoryOf(_work.ClassOf(index)).Fits(_shape.MemoryBytes))
            {
                yield return _work.DurationOf(index);
            }
        }
    }

    private void At(double when, Action happens) => _agenda.Enqueue(happens, (when, _events++));

    private void Send(Action arrives)
    {
        _messages++;
        At(_now + _latency, arrives);
    }

    private void Tick()
    {
        _isTicking = false;
        Apply(new SweepEvent.TimePassed(Time));
        if (!_isTicking && _scheduler.HasIdleWorkers)
        {
            KeepTicking();
        }
    }

    // Time alone changes something only for workers that wait.
    private void KeepTicking()
    {
        if (!_isTicking)
        {
            _isTicking = true;
            At(_now + _tick, Tick);
        }
    }

    private TimeSpan Time => TimeSpan.FromSeconds(_now);

    private void Apply(SweepEvent happened)
    {
        _effects.Clear();
        _scheduler.Apply(happened, _effects);
        foreach (var effect in _effects)
        {
            Perform(effect);
        }
    }

    private void Perform(SweepEffect effect)
    {
        switch (effect)
        {
            case SweepEffect.Grant grant:
                _leases++;
                _granted += grant.Points.Count;
                Send(() => OnGranted(_desks[grant.Worker], grant));
                break;
            case SweepEffect.Withdraw withdraw:
                Send(() => OnWithdrawn(_desks[withdraw.Worker], withdraw));
                break;
            case SweepEffect.Hold:
                _messages++;
                KeepTicking();
                break;
            case SweepEffect.Welcome:
                _messages++;
                break;
            case SweepEffect.Acknowledge:
                _messages++;
                break;
            case SweepEffect.Record:
                Commit(effect);
                break;
            case SweepEffect.GiveUp:
                _givenUp++;
                Commit(effect);
                break;
            case SweepEffect.Finish:
                _isFinished = true;
                break;
            default:
                break;
        }
    }

    private void Ask(SimulatedDesk desk)
    {
        if (desk.TryAsk())
        {
            var request = desk.Request;
            Send(() => Apply(new SweepEvent.WorkRequested(Time, desk.Worker, request)));
        }
    }

    private void OnGranted(SimulatedDesk desk, SweepEffect.Grant grant)
    {
        desk.Take(grant);
        StartNext(desk);
    }

    private void StartNext(SimulatedDesk desk)
    {
        while (desk.TryStart(_now, out var work))
        {
            At(_now + _work.DurationOf(work.Index), () => OnFinished(desk, work));
        }

        Ask(desk);
    }

    private void OnFinished(SimulatedDesk desk, SimulatedDesk.Work work)
    {
        if (desk.Finish(work, _now) is not { } seconds)
        {
            return;
        }

        _busy += seconds;
        Send(() => Apply(new SweepEvent.PointReported(Time, desk.Worker, work.Lease, Sweep, Report with { Index = work.Index })));
        StartNext(desk);
    }

    private void OnWithdrawn(SimulatedDesk desk, SweepEffect.Withdraw withdrawn)
    {
        _busy += desk.Withdraw(withdrawn, _now);
        StartNext(desk);
    }

    /// <summary>What comes while one group is synced makes up the next.</summary>
    private void Commit(SweepEffect effect)
    {
        _unsynced.Add(effect);
        if (!_isSyncing)
        {
            _isSyncing = true;
            At(_now, Sync);
        }
    }

    private void Sync()
    {
        var group = _unsynced;
        _unsynced = [];
        At(_now + _assumptions.CommitLatency.TotalSeconds, () => OnSynced(group));
    }

    private void OnSynced(List<SweepEffect> group)
    {
        _isSyncing = _unsynced.Count > 0;
        if (_isSyncing)
        {
            Sync();
        }

        foreach (var effect in group)
        {
            Apply(effect switch
            {
                SweepEffect.Record record => new SweepEvent.PointRecorded(
                    Time, Sweep, record.Point.Index, RecordOutcome.Recorded, Failed: false, record.Source),
                SweepEffect.GiveUp giveUp => new SweepEvent.PointRecorded(
                    Time, Sweep, giveUp.Index, RecordOutcome.Recorded, Failed: true, Source: null),
                _ => throw new InvalidOperationException($"{effect.GetType().Name} is no record."),
            });
        }
    }
}
