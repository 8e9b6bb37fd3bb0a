using SparseProp.Cluster.Coordination;
using SparseProp.Results;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>
/// A cluster in virtual time around the real state machine: naive workers, a naive store, and a network that loses, repeats and
/// reorders. Each step is chosen by a number, so a schedule is a list of numbers.
/// </summary>
internal sealed class SimulatedCluster(int points, int workers, IReadOnlySet<long> failing)
{
    private static readonly SweepMachineOptions Options = new() { MostPointsPerLease = 4, MostAttempts = 2, MostWorkerLosses = int.MaxValue };

    private readonly List<SweepEvent> _toCoordinator = [];
    private readonly List<SweepEffect> _toWorkers = [];
    private readonly List<SweepEffect.Record> _unsynced = [];
    private readonly List<SweepEffect> _effects = [];
    private readonly SimulatedWorker[] _workers = [.. Enumerable.Range(0, workers).Select(number => new SimulatedWorker($"w{number}-0"))];
    private int _births = workers;
    private int _epoch;
    private SweepMachine? _machine;
    private TimeSpan _now;

    /// <summary>Records on the naive store's disk, in the order in which they came.</summary>
    public List<PointRecord> Disk { get; } = [];

    /// <summary>Indices whose acknowledgement some worker received.</summary>
    public HashSet<long> Acknowledged { get; } = [];

    public bool IsFinished { get; private set; }

    private SweepMachine Machine => _machine ??= StartCoordinator();

    /// <summary>Does the one of all possible things that <paramref name="choice"/> says.</summary>
    public void Step(int choice)
    {
        var worker = _workers[(choice >> 8) % _workers.Length];
        var pick = choice >> 16;
        switch (choice & 15)
        {
            case 0 or 1:
                Send(worker.Ask(_now));
                break;
            case 2 or 3 or 4:
                Send(worker.FinishOne(_now, failing));
                break;
            case 5 or 6 or 7:
                Deliver(_toCoordinator, pick, keep: false, Apply);
                break;
            case 8 or 9 or 10:
                Deliver(_toWorkers, pick, keep: false, HandToWorker);
                break;
            case 11:
                Deliver(_toCoordinator, pick, keep: true, Apply);
                Deliver(_toWorkers, pick, keep: true, HandToWorker);
                break;
            case 12:
                Deliver(_toCoordinator, pick, keep: false, _ => { });
                Deliver(_toWorkers, pick, keep: false, _ => { });
                break;
            case 13:
                Sync();
                break;
            case 14:
                LetTimePass(pick);
                break;
            default:
                Break(pick, worker);
                break;
        }
    }

    /// <summary>Faults end, and the cluster gets the time it needs.</summary>
    public void Heal()
    {
        for (var round = 0; round < 200 + (50 * points) && !IsFinished; round++)
        {
            foreach (var worker in _workers)
            {
                Send(worker.Ask(_now));
                Send(worker.FinishOne(_now, failing));
                worker.Resend(_now).ForEach(Send);
            }

            DeliverAll();
            Sync();
            DeliverAll();
            _now += TimeSpan.FromSeconds(1);
            Apply(new SweepEvent.TimePassed(_now));
        }
    }

    private SweepMachine StartCoordinator()
    {
        var recorded = new PointSet(points);
        var failed = 0L;
        foreach (var record in Disk.Where(record => recorded.Add(record.Index)))
        {
            failed += record.Status == PointStatus.Failed ? 1 : 0;
        }

        return new SweepMachine(Options, ++_epoch, new(recorded, failed, recorded.Count), _ => 1, points);
    }

    private void Send(SweepEvent? message)
    {
        if (message is not null)
        {
            _toCoordinator.Add(message);
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

    private void Apply(SweepEvent happened)
    {
        _effects.Clear();
        Machine.Apply(happened, _effects);
        foreach (var effect in _effects.ToList())
        {
            Perform(effect);
        }
    }

    private void Perform(SweepEffect effect)
    {
        switch (effect)
        {
            case SweepEffect.Grant grant:
                Assert.All(grant.Points, point => Assert.DoesNotContain(Disk, record => record.Index == point.Index));
                _toWorkers.Add(grant);
                break;
            case SweepEffect.Acknowledge:
                _toWorkers.Add(effect);
                break;
            case SweepEffect.Record record:
                _unsynced.Add(record);
                break;
            case SweepEffect.Finish:
                IsFinished = true;
                break;
            default:
                break;
        }
    }

    private void HandToWorker(SweepEffect message)
    {
        var name = message is SweepEffect.Grant grant ? grant.Worker : ((SweepEffect.Acknowledge)message).Source.Worker;
        if (_workers.FirstOrDefault(worker => worker.Name == name) is not { } worker)
        {
            return;
        }

        if (message is SweepEffect.Acknowledge acknowledge)
        {
            worker.Acknowledge(acknowledge.Source.Lease, acknowledge.Index);
            Acknowledged.Add(acknowledge.Index);
        }
        else
        {
            Send(worker.Receive((SweepEffect.Grant)message, _now));
        }
    }

    private void Sync()
    {
        foreach (var record in _unsynced.ToList())
        {
            var isNew = Disk.TrueForAll(known => known.Index != record.Point.Index);
            if (isNew)
            {
                Disk.Add(record.Point);
            }

            var outcome = isNew ? RecordOutcome.Recorded : RecordOutcome.Duplicate;
            var failed = Disk.Find(known => known.Index == record.Point.Index)!.Status == PointStatus.Failed;
            Apply(new SweepEvent.PointRecorded(_now, record.Point.Index, outcome, failed, record.Source));
        }

        _unsynced.Clear();
    }

    private void LetTimePass(int pick)
    {
        _now += TimeSpan.FromSeconds(pick % 40);
        Apply(new SweepEvent.TimePassed(_now));
        foreach (var worker in _workers)
        {
            worker.Resend(_now).ForEach(Send);
        }
    }

    private void Break(int pick, SimulatedWorker worker)
    {
        if (pick % 3 == 0)
        {
            // The coordinator dies: what it had not synced is gone, and so are its leases.
            _unsynced.Clear();
            _machine = StartCoordinator();
            return;
        }

        _workers[Array.IndexOf(_workers, worker)] = new SimulatedWorker($"w{_births++}");
        Apply(new SweepEvent.WorkerLost(_now, worker.Name));
    }
}
