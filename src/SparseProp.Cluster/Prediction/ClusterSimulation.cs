using SparseProp.Cluster.Coordination;
using SparseProp.Engine;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Records;

namespace SparseProp.Cluster.Prediction;

/// <summary>
/// Predicts how long a sweep takes on a cluster: a discrete-event run, in virtual time, of the very same <see cref="Scheduler"/> that
/// runs real ones. No worker is lost, none is slow beyond <see cref="SimulationAssumptions.Noise"/>, and the coordinator itself takes no time.
/// </summary>
internal sealed partial class ClusterSimulation
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
    private readonly ReplicateOutcomes? _outcomes;
    private readonly Replication? _replication;
    private readonly Scheduler _scheduler;
    private readonly Dictionary<string, SimulatedDesk> _desks = [];
    private readonly double _latency;
    private readonly double _tick;
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

    private ClusterSimulation(
        IWorkload work, ClusterShape shape, SchedulerOptions options, SimulationAssumptions assumptions, ReplicateOutcomes? outcomes)
    {
        _work = new SimulatedWorkload(work, assumptions.Noise);
        _outcomes = outcomes;
        _replication = outcomes is null ? null : new Replication(outcomes.Until, work.Points);
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
    /// <param name="outcomes">What decides how many replicates points get; all points are run where null.</param>
    public static ClusterPrediction Run(
        IWorkload work,
        ClusterShape shape,
        SchedulerOptions options,
        SimulationAssumptions? assumptions = null,
        ReplicateOutcomes? outcomes = null) =>
        new ClusterSimulation(work, shape, options, assumptions ?? new SimulationAssumptions(), outcomes).Run();

    private ClusterPrediction Run()
    {
        var points = new RecordedPoints(new PointSet(_work.Points), null);
        Apply(new SweepEvent.SweepAdded(TimeSpan.Zero, Sweep, _work, new SweepStart { Recorded = points, Replication = _replication }));
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

    private ClusterPrediction Prediction()
    {
        // Without noise and choice, the classes have said it all.
        var (work, longest) = _assumptions.Noise > 0 || _replication is not null ? Total() : (_workSeconds, _longest);
        var points = (_replication?.Needed ?? _work.Points) - _givenUp;
        return new()
        {
            MakespanSeconds = _now,
            WorkSeconds = work,
            LongestPointSeconds = longest,
            Slots = _shape.Workers * _shape.Slots,
            BusySeconds = _busy,
            Points = points,
            GivenUp = _givenUp,
            Leases = _leases,
            Copies = _granted - points,
            Messages = _messages,
        };
    }

    private (double Work, double Longest) Total()
    {
        var (work, longest) = (0.0, 0.0);
        for (var index = 0L; index < _work.Points; index++)
        {
            if (_replication?.IsNeeded(index) != false && _work.MemoryOf(_work.ClassOf(index)).Fits(_shape.MemoryBytes))
            {
                var seconds = _work.DurationOf(index);
                (work, longest) = (work + seconds, Math.Max(longest, seconds));
            }
        }

        return (work, longest);
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
            case SweepEffect.Record record:
                _replication?.Report(record.Point.Index, _outcomes!.ValueOf(record.Point.Index));
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
}
