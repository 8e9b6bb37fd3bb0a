using SparseProp.Cluster.Protocol;

namespace SparseProp.Cluster.Coordination;

/// <summary>Why points are leased.</summary>
internal enum LeaseKind
{
    /// <summary>They wait for a result.</summary>
    Work,

    /// <summary>They have one, which a second result is to confirm.</summary>
    Verification,
}

/// <summary>One live lease.</summary>
internal sealed class LeasedPoints(Lease lease, SweepBook sweep, CrewMember worker, LeaseKind kind, TimeSpan granted)
{
    private double _longestSeconds;

    public Lease Lease { get; } = lease;

    public SweepBook Sweep { get; } = sweep;

    public CrewMember Worker { get; } = worker;

    public LeaseKind Kind { get; } = kind;

    /// <summary>When it was granted, or found to be held.</summary>
    public TimeSpan Granted { get; } = granted;

    /// <summary>When the lease dies, unless renewed.</summary>
    public TimeSpan Deadline { get; set; }

    /// <summary>Points of the lease that were not yet reported, in the order in which they run, with their claims on memory.</summary>
    public OrderedDictionary<long, long> Open { get; } = [];

    /// <summary>Estimated seconds of all its points together, on one slot.</summary>
    public double WorkSeconds { get; private set; }

    /// <summary>Estimated seconds until the worker has done what it held before.</summary>
    public double BacklogSeconds { get; set; }

    /// <summary>Estimated seconds from grant to end.</summary>
    public double ExpectedSeconds => BacklogSeconds + Math.Max(WorkSeconds / Worker.Slots, _longestSeconds);

    /// <summary>Whether its points were leased a second time, because it takes too long.</summary>
    public bool IsCopied { get; set; }

    /// <summary>Estimated seconds of what is still open, on one slot.</summary>
    public double OpenSeconds()
    {
        var seconds = 0.0;
        foreach (var index in Open.Keys)
        {
            seconds += Sweep.SecondsOf(index);
        }

        return seconds;
    }

    /// <summary>How long ago the lease should have ended, with all allowances; negative where it need not have.</summary>
    public TimeSpan OverdueAt(TimeSpan now, SchedulerOptions options)
    {
        var allowed = options.StragglerFactor * ExpectedSeconds;
        return allowed < TimeSpan.MaxValue.TotalSeconds / 2
            ? now - Granted - TimeSpan.FromSeconds(allowed) - options.StragglerSlack
            : TimeSpan.MinValue;
    }

    /// <summary>Adds a point before the lease is granted.</summary>
    public void Take(long index, MemoryRoom room)
    {
        var @class = Sweep.Work.ClassOf(index);
        var claim = room.ClaimOf(Sweep.Work.MemoryOf(@class));
        room.Add(claim);
        Open.Add(index, claim);
        var seconds = Sweep.Work.SecondsOf(@class);
        WorkSeconds += seconds;
        _longestSeconds = Math.Max(_longestSeconds, seconds);
    }
}

/// <summary>The live leases. A lease lives while it has open points.</summary>
internal sealed class LeaseTable
{
    private readonly Dictionary<Lease, LeasedPoints> _leases = [];

    public IEnumerable<LeasedPoints> All => _leases.Values;

    public LeasedPoints? Find(Lease lease) => _leases.GetValueOrDefault(lease);

    public void Add(LeasedPoints lease)
    {
        _leases.Add(lease.Lease, lease);
        lease.Worker.Leases.Add(lease);
        foreach (var index in lease.Open.Keys)
        {
            lease.Sweep.AddCopy(lease.Kind, index);
        }
    }

    /// <summary>Takes a point out of a lease, and the lease out when it was the last.</summary>
    /// <returns>Whether the lease held the point.</returns>
    public bool Close(LeasedPoints lease, long index)
    {
        if (!lease.Open.Remove(index))
        {
            return false;
        }

        lease.Sweep.RemoveCopy(lease.Kind, index);
        if (lease.Open.Count == 0)
        {
            _leases.Remove(lease.Lease);
            lease.Worker.Leases.Remove(lease);
        }

        return true;
    }

    /// <summary>Takes a lease out.</summary>
    /// <returns>The points that were still open, in order.</returns>
    public IReadOnlyList<long> Remove(LeasedPoints lease)
    {
        IReadOnlyList<long> open = [.. lease.Open.Keys];
        foreach (var index in open)
        {
            lease.Sweep.RemoveCopy(lease.Kind, index);
        }

        lease.Open.Clear();
        _leases.Remove(lease.Lease);
        lease.Worker.Leases.Remove(lease);
        return open;
    }

    /// <summary>Leases that take longer than they should, the worst first.</summary>
    public IReadOnlyList<LeasedPoints> OverdueAt(TimeSpan now, SchedulerOptions options) =>
        [.. _leases.Values
            .Select(lease => (Lease: lease, Overdue: lease.OverdueAt(now, options)))
            .Where(entry => entry.Overdue > TimeSpan.Zero)
            .OrderByDescending(entry => entry.Overdue)
            .ThenBy(entry => entry.Lease.Lease.Epoch)
            .ThenBy(entry => entry.Lease.Lease.Number)
            .Select(entry => entry.Lease)];

    /// <summary>Leases that are over, in order, so that the same events give the same effects.</summary>
    public IReadOnlyList<LeasedPoints> ExpiredAt(TimeSpan now) =>
        InOrder(_leases.Values.Where(lease => lease.Deadline <= now));

    public IReadOnlyList<LeasedPoints> Of(SweepBook sweep) => InOrder(_leases.Values.Where(lease => lease.Sweep == sweep));

    public static IReadOnlyList<LeasedPoints> InOrder(IEnumerable<LeasedPoints> leases) =>
        [.. leases.OrderBy(lease => lease.Lease.Epoch).ThenBy(lease => lease.Lease.Number)];
}
