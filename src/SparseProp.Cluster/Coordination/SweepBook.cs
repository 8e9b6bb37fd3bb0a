namespace SparseProp.Cluster.Coordination;

/// <summary>What the scheduler keeps about one sweep.</summary>
internal sealed class SweepBook
{
    private readonly Dictionary<long, int> _copies = [];
    // Seconds by class as first estimated. Estimates change as points are measured; a share of the work must not jump.
    private readonly double[] _weights;
    private readonly double _work;
    private double _workDone;

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
        Failed = start.Recorded.Failed;
        Priority = start.Priority;
        IsPaused = start.Paused;
        Checkpoints = new(start.Checkpoints);
        Waiting = new PointQueue(work, order, IsWaiting);
        Verification = new Verification(start.VerifyShare, work.Points, Recorded.Contains);
        _weights = new double[work.Classes];
        for (var @class = 0; @class < work.Classes; @class++)
        {
            _weights[@class] = work.SecondsOf(@class);
            _work += work.SizeOf(@class) * _weights[@class];
        }

        for (var index = Recorded.FirstPresent(0); index < Recorded.Capacity; index = Recorded.FirstPresent(index + 1))
        {
            _workDone += _weights[work.ClassOf(index)];
        }
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

    public Verification Verification { get; }

    /// <summary>How often points came back with an error.</summary>
    public Dictionary<long, int> Attempts { get; } = [];

    /// <summary>How many workers were lost with a point.</summary>
    public Dictionary<long, int> Losses { get; } = [];

    public Dictionary<long, CheckpointMark> Checkpoints { get; }

    /// <summary>Points recorded as failed.</summary>
    public long Failed { get; private set; }

    /// <summary>Second results that contradict the first.</summary>
    public long Divergent { get; set; }

    /// <summary>Points that no one works on and that have no result.</summary>
    public long Unleased => Recorded.Capacity - Recorded.Count - Recording.Count - _copies.Count;

    public bool IsComplete => Recorded.Count == Recorded.Capacity && Verification.IsComplete();

    /// <summary>Whether a point has no result yet, not even one on its way to the disk.</summary>
    public bool IsOpen(long index) => !Recorded.Contains(index) && !Recording.Contains(index);

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

    /// <summary>Notes that a point is durable.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Settle(long index, bool failed)
    {
        Recording.Remove(index);
        Attempts.Remove(index);
        Losses.Remove(index);
        if (!Recorded.Add(index))
        {
            return false;
        }

        Failed += failed ? 1 : 0;
        _workDone += _weights[Work.ClassOf(index)];
        return true;
    }

    /// <summary>Takes back that a point was recorded as failed.</summary>
    /// <returns>Whether it was recorded.</returns>
    public bool Reopen(long index)
    {
        if (!Recorded.Remove(index))
        {
            return false;
        }

        Failed--;
        _workDone -= _weights[Work.ClassOf(index)];
        return true;
    }

    /// <summary>Estimated seconds of a point on one slot.</summary>
    public double SecondsOf(long index) => Work.SecondsOf(Work.ClassOf(index));

    public SweepProgress Progress(int workers, int slots) => new(
        Recorded.Capacity,
        Recorded.Count,
        Failed,
        _copies.Count,
        workers,
        slots,
        Recorded.Count == Recorded.Capacity ? 1 : Math.Min(1, _workDone / _work))
    {
        Divergent = Divergent,
        Verified = Verification.Verified,
        IsComplete = IsFinished,
    };

    private bool IsWaiting(long index) => IsOpen(index) && !_copies.ContainsKey(index);
}
