using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;

namespace SparseProp.Cluster.Prediction;

/// <summary>A worker that asks for work and starts points as <see cref="Workers.WorkerDesk"/> does, and simulates nothing.</summary>
internal sealed class SimulatedDesk(string worker, int slots, long memoryBytes)
{
    // As a worker's desk has it.
    private const double LongPointSeconds = 1;

    private readonly Queue<Work> _waiting = new();
    private readonly List<Work> _running = new(slots);
    private double _lastSeconds = double.PositiveInfinity;
    private long _claimed;

    public string Worker { get; } = worker;

    /// <summary>Number of its newest request.</summary>
    public long Request { get; private set; }

    private bool IsAsking { get; set; }

    /// <summary>Whether it asks now. It does not ask again before it is answered.</summary>
    public bool TryAsk()
    {
        var waiting = _waiting.Count;
        if (IsAsking || !(waiting < slots - _running.Count || (_lastSeconds < LongPointSeconds && waiting < slots)))
        {
            return false;
        }

        IsAsking = true;
        Request++;
        return true;
    }

    public void Take(SweepEffect.Grant grant)
    {
        IsAsking = false;
        foreach (var point in grant.Points)
        {
            _waiting.Enqueue(new Work(grant.Lease, point.Index, point.MemoryBytes));
        }
    }

    public bool TryStart(double now, out Work work)
    {
        while (_waiting.TryPeek(out work!))
        {
            if (work.IsWithdrawn)
            {
                _waiting.Dequeue();
                continue;
            }

            if (_running.Count == slots || (_running.Count > 0 && _claimed + work.MemoryBytes > memoryBytes))
            {
                return false;
            }

            _waiting.Dequeue();
            _running.Add(work);
            _claimed += work.MemoryBytes;
            work.StartedSeconds = now;
            return true;
        }

        return false;
    }

    /// <summary>Ends a point.</summary>
    /// <returns>How long it ran; null where it was withdrawn before.</returns>
    public double? Finish(Work work, double now)
    {
        if (Stop(work, now) is not { } seconds)
        {
            return null;
        }

        return _lastSeconds = seconds;
    }

    /// <summary>Stops points that are not needed any more.</summary>
    /// <returns>How long those that ran had run.</returns>
    public double Withdraw(SweepEffect.Withdraw withdrawn, double now)
    {
        foreach (var work in _waiting.Where(work => withdrawn.Lease == work.Lease && withdrawn.Points.Contains(work.Index)))
        {
            work.IsWithdrawn = true;
        }

        return _running
            .Where(work => withdrawn.Lease == work.Lease && withdrawn.Points.Contains(work.Index))
            .ToList()
            .Sum(work => Stop(work, now) ?? 0);
    }

    private double? Stop(Work work, double now)
    {
        if (!_running.Remove(work))
        {
            return null;
        }

        _claimed -= work.MemoryBytes;
        return now - work.StartedSeconds;
    }

    /// <summary>A point on the desk.</summary>
    internal sealed class Work(Lease lease, long index, long memoryBytes)
    {
        public Lease Lease { get; } = lease;

        public long Index { get; } = index;

        public long MemoryBytes { get; } = memoryBytes;

        public double StartedSeconds { get; set; }

        public bool IsWithdrawn { get; set; }
    }
}
