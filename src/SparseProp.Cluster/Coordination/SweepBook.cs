using SparseProp.Execution;
using SparseProp.Execution.Replicates;

namespace SparseProp.Cluster.Coordination;

/// <summary>What the scheduler keeps about one sweep.</summary>
internal sealed class SweepBook
{
    private readonly Dictionary<long, int> _copies = [];
    private readonly Dictionary<long, List<string>> _losses = [];
    private readonly HashSet<ReportSource> _divergent = [];

    // Seconds by class as first estimated. Estimates change as points are measured; a share of the work must not jump.
    private readonly double[] _weights;
    private readonly PointSet? _among;
    private double _work;
    private double _workDone;
    private PointSet? _failed;

    /// <param name="name">The sweep's name.</param>
    /// <param name="work">Its points.</param>
    /// <param name="start">How it begins.</param>
    /// <param name="order">Which points go first.</param>
    /// <param name="arrival">Counts the sweeps of a coordinator.</param>
    public SweepBook(string name, IWorkload work, SweepStart start, PointOrder order, long arrival)
    {
        Name = name;
        Work = work;
        Arrival = arrival;
        Recorded = start.Recorded.Points;
        _failed = start.Recorded.FailedPoints;
        _among = start.Among;
        Priority = start.Priority;
        IsPaused = start.Paused;
        Checkpoints = new(start.Checkpoints);
        Replication = start.Replication;
        Waiting = new PointQueue(work, order, IsWaiting);
        Verification = new Verification(start.VerifyShare, work.Points, HasResult);
        _weights = new double[work.Classes];
        for (var @class = 0; @class < work.Classes; @class++)
        {
            _weights[@class] = work.SecondsOf(@class);
            _work += _among is null ? work.SizeOf(@class) * _weights[@class] * (Replication?.FirstShare ?? 1) : 0;
            MostLeastBytes = Math.Max(MostLeastBytes, work.MemoryOf(@class).LeastBytes);
        }

        _work += _among is null ? 0 : WorkOf(_among);
        _workDone = WorkOf(Recorded);
    }

    public string Name { get; }

    public IWorkload Work { get; }

    public long Arrival { get; }

    /// <summary>Sweeps of higher priority go first.</summary>
    public int Priority { get; set; }

    public bool IsPaused { get; set; }

    public bool IsCancelled { get; set; }

    public bool IsFinished { get; set; }

    /// <summary>Whether points of it are leased.</summary>
    public bool IsActive => !IsPaused && !IsCancelled && !IsFinished;

    /// <summary>Estimated seconds of all that was granted of it; the one with the least goes first among equals.</summary>
    public double GrantedSeconds { get; set; }

    /// <summary>Whether a point of it was measured since the coordinator began, so that estimates mean seconds of this cluster.</summary>
    public bool IsMeasured { get; set; }

    /// <summary>Points in the store.</summary>
    public PointSet Recorded { get; }

    /// <summary>Points on their way into the store.</summary>
    public HashSet<long> Recording { get; } = [];

    public PointQueue Waiting { get; }

    /// <summary>How many replicates points get; null where all points are run.</summary>
    public Replication? Replication { get; }

    public Verification Verification { get; }

    /// <summary>How often points came back with an error.</summary>
    public Dictionary<long, int> Attempts { get; } = [];

    public Dictionary<long, CheckpointMark> Checkpoints { get; }

    /// <summary>Points recorded as failed.</summary>
    public long Failed => _failed?.Count ?? 0;

    /// <summary>Second results that contradict the first.</summary>
    public long Divergent => _divergent.Count;

    /// <summary>Memory without which not all points can run.</summary>
    public long MostLeastBytes { get; }

    /// <summary>Points that no one works on and that have no result.</summary>
    public long Unleased => Points - Settled - Recording.Count - _copies.Count;

    public bool IsComplete => (Replication?.IsComplete ?? Recorded.Count == Points) && Verification.IsComplete();

    /// <summary>Points that are to be run, as far as is known.</summary>
    private long Points => Replication?.Needed ?? _among?.Count ?? Recorded.Capacity;

    /// <summary>Those of them that are in the store.</summary>
    private long Settled => Replication?.Recorded ?? Recorded.Count;

    /// <summary>Whether a point is to be run and has no result yet, not even one on its way to the disk.</summary>
    public bool IsOpen(long index) => !Recorded.Contains(index) && !Recording.Contains(index) && _among?.Contains(index) != false;

    /// <summary>Whether a live lease holds a point that waits for a result.</summary>
    public bool IsLeased(long index) => _copies.ContainsKey(index);

    /// <summary>How many live leases hold a point that waits for a result.</summary>
    public int CopiesOf(long index) => _copies.GetValueOrDefault(index);

    public void AddCopy(LeaseKind kind, long index)
    {
        if (kind == LeaseKind.Work)
        {
            _copies[index] = _copies.GetValueOrDefault(index) + 1;
        }
    }

    public void RemoveCopy(LeaseKind kind, long index)
    {
        if (kind == LeaseKind.Work && --_copies[index] == 0)
        {
            _copies.Remove(index);
        }
    }

    /// <summary>How many workers were lost with a point.</summary>
    public int LossesOf(long index) => _losses.TryGetValue(index, out var workers) ? workers.Count : 0;

    /// <summary>Notes that a worker was lost with a point.</summary>
    /// <returns>How many there were by now.</returns>
    public int AddLoss(long index, string worker)
    {
        if (!_losses.TryGetValue(index, out var workers))
        {
            _losses.Add(index, workers = []);
        }

        workers.Add(worker);
        return workers.Count;
    }

    /// <summary>A worker that was given up is back: it was cut off, and not brought down by the points that it held.</summary>
    public void Forgive(long index, string worker)
    {
        if (_losses.TryGetValue(index, out var workers) && workers.Remove(worker) && workers.Count == 0)
        {
            _losses.Remove(index);
        }
    }

    /// <summary>A point that gets on is none that brings its workers down.</summary>
    public void ForgiveAll(long index) => _losses.Remove(index);

    /// <summary>Notes that a point is durable.</summary>
    /// <param name="index">The point.</param>
    /// <param name="failed">Whether it is recorded as failed.</param>
    /// <param name="isItsRecord">Whether this is the point's record now, and not a repetition.</param>
    /// <returns>Whether it is the first record of the point, or the first result after a failure.</returns>
    public bool Settle(long index, bool failed, bool isItsRecord)
    {
        Recording.Remove(index);
        Attempts.Remove(index);
        ForgiveAll(index);
        if (!Recorded.Add(index))
        {
            // A failure gives way to a result that comes late.
            return !failed && isItsRecord && _failed?.Remove(index) == true;
        }

        if (failed)
        {
            (_failed ??= new PointSet(Work.Points)).Add(index);
        }

        _workDone += _weights[Work.ClassOf(index)];
        OpenReplicates(index, failed);
        return true;
    }

    /// <summary>Notes a second result that contradicts the first.</summary>
    /// <returns>Whether that is news, and not a report that was repeated.</returns>
    public bool AddDivergent(ReportSource source) => _divergent.Add(source with { Verifies = false });

    /// <summary>Takes back that a point was recorded as failed, of those that are to be run.</summary>
    /// <returns>Whether it was.</returns>
    public bool Reopen(long index)
    {
        if (Replication?.IsNeeded(index) == false || _failed?.Remove(index) != true)
        {
            return false;
        }

        Recorded.Remove(index);
        Replication?.Reopen(index);
        IsFinished = false;
        _workDone -= _weights[Work.ClassOf(index)];
        return true;
    }

    /// <summary>Estimated seconds of a point on one slot.</summary>
    public double SecondsOf(long index) => Work.SecondsOf(Work.ClassOf(index));

    public SweepProgress Progress(int workers, int slots) => new(
        Points,
        Settled,
        Failed,
        _copies.Count,
        workers,
        slots,
        Settled == Points ? 1 : Math.Min(1, _workDone / _work))
    {
        Divergent = Divergent,
        Verified = Verification.Verified,
        NotReached = Replication?.NotReached ?? 0,
        IsComplete = IsFinished,
    };

    private bool HasResult(long index) => Recorded.Contains(index) && _failed?.Contains(index) != true;

    private double WorkOf(PointSet points)
    {
        var work = 0.0;
        for (var index = points.FirstPresent(0); index < points.Capacity; index = points.FirstPresent(index + 1))
        {
            work += _weights[Work.ClassOf(index)];
        }

        return work;
    }

    private bool IsWaiting(long index) =>
        IsOpen(index) && !_copies.ContainsKey(index) && (Replication is null || Replication.IsNeeded(index));

    private void OpenReplicates(long index, bool failed)
    {
        foreach (var opened in Replication?.OnRecorded(index, failed) ?? [])
        {
            // The queue may have passed it by as not needed.
            if (!Recorded.Contains(opened))
            {
                Waiting.Add(opened);
            }

            _work += _weights[Work.ClassOf(opened)];
        }
    }
}
