using SparseProp.Cluster.Protocol;

namespace SparseProp.Cluster.Coordination;

/// <summary>One live lease.</summary>
internal sealed class LeasedPoints(Lease lease, string worker, TimeSpan deadline, IEnumerable<long> open)
{
    public Lease Lease { get; } = lease;

    public string Worker { get; } = worker;

    /// <summary>When the lease dies, unless renewed.</summary>
    public TimeSpan Deadline { get; set; } = deadline;

    /// <summary>Points of the lease that were not yet reported.</summary>
    public HashSet<long> Open { get; } = [.. open];
}

/// <summary>The live leases. A lease lives while it has open points.</summary>
internal sealed class LeaseTable
{
    private readonly Dictionary<Lease, LeasedPoints> _leases = [];

    /// <summary>Points under live leases.</summary>
    public int OpenPoints { get; private set; }

    public void Add(LeasedPoints lease)
    {
        _leases.Add(lease.Lease, lease);
        OpenPoints += lease.Open.Count;
    }

    public LeasedPoints? Find(Lease lease) => _leases.GetValueOrDefault(lease);

    /// <summary>Notes that a point of a lease was reported. A dead lease, or a point it does not hold, is no fault.</summary>
    public void Close(Lease lease, long index)
    {
        if (_leases.TryGetValue(lease, out var held) && held.Open.Remove(index))
        {
            OpenPoints--;
            if (held.Open.Count == 0)
            {
                _leases.Remove(lease);
            }
        }
    }

    /// <summary>Takes a lease out, open points and all.</summary>
    public LeasedPoints? Remove(Lease lease)
    {
        if (_leases.Remove(lease, out var held))
        {
            OpenPoints -= held.Open.Count;
        }

        return held;
    }

    public IReadOnlyList<LeasedPoints> HeldBy(string worker) => InOrder(lease => lease.Worker == worker);

    public IReadOnlyList<LeasedPoints> ExpiredAt(TimeSpan now) => InOrder(lease => lease.Deadline <= now);

    // Ordered, so that the same events give the same effects.
    private List<LeasedPoints> InOrder(Func<LeasedPoints, bool> chosen) =>
        [.. _leases.Values.Where(chosen).OrderBy(lease => lease.Lease.Number)];
}
