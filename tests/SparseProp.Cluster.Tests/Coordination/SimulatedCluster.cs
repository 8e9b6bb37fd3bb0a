using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using SparseProp.Results.Records;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>
/// A cluster in virtual time around the real state machine: naive workers, a naive store, and a network that loses, repeats and
/// reorders. Each step is chosen by a number, so a schedule is a list of numbers. Every effect is checked when it is said.
/// </summary>
internal sealed partial class SimulatedCluster
{
    public const int Attempts = 2;

    private static readonly SchedulerOptions Options = new()
    {
        MostPointsPerLease = 4,
        MostAttempts = Attempts,
        MostWorkerLosses = int.MaxValue,
        AdoptionTime = TimeSpan.FromSeconds(3),
        MemoryGrace = TimeSpan.FromSeconds(5),
    };

    private readonly List<SweepEvent> _toCoordinator = [];
    private readonly List<(string Worker, SweepEffect Message)> _toWorkers = [];
    private readonly List<SweepEffect> _unsynced = [];
    private readonly List<SimulatedSweep> _sweeps;
    private readonly SimulatedWorker[] _workers;
    private readonly Dictionary<(string, Lease, long), PointRecord> _reports = [];
    private readonly HashSet<LeasedPoints> _granted = [];
    private readonly HashSet<string> _drained = [];
    private int _births;
    private int _epoch;
    private Scheduler _scheduler;
    private TimeSpan _now;
    private TimeSpan? _loaded;
    private HashCode _said;

    public SimulatedCluster(IEnumerable<SimulatedSweep> sweeps, int workers)
    {
        _sweeps = [.. sweeps];
        _workers = [.. Enumerable.Range(0, workers).Select(Worker)];
        _scheduler = StartCoordinator(load: true);
    }

    public IReadOnlyList<SimulatedSweep> Sweeps => _sweeps;

    /// <summary>Stands for all effects so far, in order.</summary>
    public int Said => _said.ToHashCode();

    /// <summary>Does the one of all possible things that <paramref name="choice"/> says.</summary>
    public void Step(int choice)
    {
        var place = (choice >> 5) % _workers.Length;
        var worker = _workers[place];
        var pick = choice >> 9;
        switch (choice & 31)
        {
            case <= 2:
                Send(worker, worker.Speak(_now));
                break;
            case <= 7:
                Send(worker, worker.FinishOne(_now, pick, SimulatedSweep.Fails));
                break;
            case <= 12:
                Deliver(_toCoordinator, pick, keep: false, Apply);
                break;
            case <= 17:
                Deliver(_toWorkers, pick, keep: false, HandToWorker);
                break;
            case 18:
                Deliver(_toCoordinator, pick, keep: true, Apply);
                Deliver(_toWorkers, pick, keep: true, HandToWorker);
                break;
            case 19:
                Deliver(_toCoordinator, pick, keep: false, _ => { });
                Deliver(_toWorkers, pick, keep: false, _ => { });
                break;
            case <= 21:
                Sync();
                break;
            case <= 24:
                LetTimePass(pick % 4 == 0 ? 35 : pick % 5);
                break;
            case 25:
                Save(worker, pick);
                break;
            case 26:
                Command(_sweeps[pick % _sweeps.Count], pick / 8);
                break;
            case 27 when pick % 2 == 0:
                worker.IsCutOff = !worker.IsCutOff;
                break;
            case 27:
                Drain(worker.Name, isDrained: pick % 4 == 1);
                break;
            case 28:
                Apply(new SweepEvent.WorkerLost(_now, worker.Name));
                break;
            case 29:
                Replace(place, noticed: pick % 2 == 0);
                break;
            case 30:
                _scheduler = StartCoordinator(load: pick % 2 == 0);
                break;
            default:
                Send(worker, worker.Leave(_now));
                Replace(place, noticed: pick % 2 == 0);
                break;
        }
    }

    /// <summary>Faults end, the last dead are found, and the cluster gets the time it needs.</summary>
    public void Heal()
    {
        DeliverAll();
        foreach (var gone in _scheduler.Members.Select(member => member.Name).Except(_workers.Select(worker => worker.Name)).ToList())
        {
            Apply(new SweepEvent.WorkerLost(_now, gone));
        }

        foreach (var drained in _drained.ToList())
        {
            Drain(drained, isDrained: false);
        }

        var rounds = 100 + (20 * _sweeps.Sum(sweep => sweep.Points));
        for (var round = 0; round < rounds && !_sweeps.TrueForAll(sweep => sweep.IsFinished || !sweep.IsMeantToFinish); round++)
        {
            foreach (var worker in _workers)
            {
                worker.IsCutOff = false;
                Send(worker, worker.Speak(_now));
                Send(worker, worker.FinishOne(_now, round, SimulatedSweep.Fails));
                Send(worker, worker.Resend(_now));
            }

            DeliverAll();
            Sync();
            DeliverAll();
            LetTimePass(1);
        }
    }

    // Worker 0 has memory for all that the others have none for.
    private SimulatedWorker Worker(int place) =>
        new($"w{_births++}", slots: 1 + (place % 3), memory: place == 0 ? SimulatedSweep.LargestMemory : SimulatedSweep.LargestMemory / 2);

    private Scheduler StartCoordinator(bool load)
    {
        // What it had not synced is gone, and so are its leases.
        _unsynced.Clear();
        _granted.Clear();
        _drained.Clear();
        _loaded = null;
        _scheduler = new Scheduler(Options, DrivenScheduler.Program, ++_epoch);
        foreach (var sweep in _sweeps.Where(sweep => !sweep.IsRemoved))
        {
            sweep.IsFinished = false;
            Apply(new SweepEvent.SweepAdded(_now, sweep.Name, sweep.Work, sweep.Start()));
            if (sweep.IsCancelled)
            {
                Apply(new SweepEvent.SweepCancelled(_now, sweep.Name));
            }
        }

        if (load)
        {
            Load();
        }

        return _scheduler;
    }

    private void Load()
    {
        _loaded = _now;
        Apply(new SweepEvent.SweepsLoaded(_now));
    }

    private void Command(SimulatedSweep sweep, int command)
    {
        switch (command % 16)
        {
            case <= 4 when !sweep.IsRemoved:
                sweep.IsPaused = true;
                Apply(new SweepEvent.SweepPaused(_now, sweep.Name));
                break;
            case <= 10 when !sweep.IsRemoved:
                (sweep.IsPaused, sweep.IsCancelled) = (false, false);
                Apply(new SweepEvent.SweepResumed(_now, sweep.Name));
                break;
            case <= 12:
                Apply(new SweepEvent.PriorityChanged(_now, sweep.Name, command / 16 % 3));
                break;
            case <= 14 when !sweep.IsRemoved:
                sweep.IsCancelled = true;
                Apply(new SweepEvent.SweepCancelled(_now, sweep.Name));
                break;
            case 15 when sweep == _sweeps[^1]:
                sweep.IsRemoved = true;
                Apply(new SweepEvent.SweepRemoved(_now, sweep.Name));
                break;
            default:
                break;
        }
    }

    private void Drain(string worker, bool isDrained)
    {
        if (!isDrained)
        {
            _drained.Remove(worker);
        }
        else if (_scheduler.Members.Any(member => member.Name == worker))
        {
            _drained.Add(worker);
        }

        Apply(isDrained ? new SweepEvent.WorkerDrained(_now, worker) : new SweepEvent.WorkerResumed(_now, worker));
    }

    private void Replace(int place, bool noticed)
    {
        var gone = _workers[place];
        _workers[place] = Worker(place);
        if (noticed)
        {
            Apply(new SweepEvent.WorkerLost(_now, gone.Name));
        }
    }

    private void Save(SimulatedWorker worker, int pick)
    {
        if (!worker.IsCutOff
            && worker.Save(_now, pick) is { } saved
            && _scheduler.WantsCheckpoint(saved.Sweep, saved.Index))
        {
            _sweeps.Find(sweep => sweep.Name == saved.Sweep)!.Checkpoints[saved.Index] = saved.Checkpoint;
            Apply(saved);
        }
    }

    private void LetTimePass(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        if (_loaded is null)
        {
            Load();
        }

        Apply(new SweepEvent.TimePassed(_now));
        foreach (var worker in _workers)
        {
            Send(worker, worker.Resend(_now));
        }
    }

    private void Send(SimulatedWorker worker, SweepEvent? message) => Send(worker, message is null ? [] : [message]);

    private void Send(SimulatedWorker worker, IEnumerable<SweepEvent> messages)
    {
        foreach (var message in messages)
        {
            if (message is SweepEvent.PointReported report)
            {
                _reports[(report.Worker, report.Lease, report.Record.Index)] = report.Record;
            }

            if (!worker.IsCutOff)
            {
                _toCoordinator.Add(message);
            }
        }
    }

    private void DeliverAll()
    {
        while (_toCoordinator.Count + _toWorkers.Count > 0)
        {
            Deliver(_toCoordinator, 0, keep: false, Apply);
            Deliver(_toWorkers, 0, keep: false, HandToWorker);
        }
    }

    private static void Deliver<T>(List<T> messages, int pick, bool keep, Action<T> to)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var place = pick % messages.Count;
        var message = messages[place];
        if (!keep)
        {
            messages.RemoveAt(place);
        }

        to(message);
    }

    private void HandToWorker((string Worker, SweepEffect Message) sent)
    {
        if (Array.Find(_workers, worker => worker.Name == sent.Worker) is { IsCutOff: false } worker)
        {
            Send(worker, worker.Receive(sent.Message, _now));
        }
    }

    private void Sync()
    {
        var group = _unsynced.ToList();
        _unsynced.Clear();
        foreach (var effect in group)
        {
            var (sweep, record, source) = effect is SweepEffect.Record asked
                ? (asked.Sweep, asked.Point, asked.Source)
                : (((SweepEffect.GiveUp)effect).Sweep, Points.Failed(((SweepEffect.GiveUp)effect).Index, 0), null);
            var outcome = _sweeps.Find(known => known.Name == sweep)!.Write(record);
            Apply(new SweepEvent.PointRecorded(_now, sweep, record.Index, outcome, record.Status == PointStatus.Failed, source));
        }
    }
}
