using SparseProp.Cluster.Protocol;
using SparseProp.Results;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// What lies on a worker's desk: points waiting for a slot, points running, and reports not yet acknowledged. Decides what runs
/// next and when more work is wanted. Has no clock, actor or thread.
/// </summary>
internal sealed class WorkerDesk(string worker, int slots)
{
    // Points longer than this are not asked for ahead: they would wait here while another worker is free.
    private static readonly TimeSpan LongPoint = TimeSpan.FromSeconds(1);

    private readonly Queue<Assignment> _waiting = new();
    private readonly Assignment?[] _running = new Assignment?[slots];
    private readonly Dictionary<(Lease, long), Report> _unacknowledged = [];
    private TimeSpan _lastDuration = TimeSpan.MaxValue;

    /// <summary>Slots that simulate now.</summary>
    public int Running => _running.Count(assignment => assignment is not null);

    /// <summary>
    /// Whether another lease is wanted: a slot is free and nothing waits for it, or points are so short that the next should lie
    /// ready when the slots come free.
    /// </summary>
    public bool WantsWork => _waiting.Count < slots - Running || (_lastDuration < LongPoint && _waiting.Count < slots);

    /// <summary>Leases with waiting or running points.</summary>
    public IReadOnlyList<Lease> Leases =>
        [.. _waiting.Concat(_running.OfType<Assignment>()).Select(assignment => assignment.Lease).Distinct()];

    public bool Holds(Lease lease) =>
        _waiting.Concat(_running.OfType<Assignment>()).Any(assignment => assignment.Lease == lease)
        || _unacknowledged.Keys.Any(key => key.Item1 == lease);

    public void Add(Lease lease, IEnumerable<WorkProtocol.GrantedPoint> points)
    {
        foreach (var point in points)
        {
            _waiting.Enqueue(new Assignment(lease, point.Index, point.Parameters.ToParameters(), (int)point.Attempt));
        }
    }

    /// <summary>Puts the next waiting point on a free slot, if there are both.</summary>
    public bool TryStart(out int slot, out Assignment assignment)
    {
        slot = Array.IndexOf(_running, null);
        if (slot < 0 || !_waiting.TryDequeue(out assignment!))
        {
            assignment = null!;
            return false;
        }

        _running[slot] = assignment;
        return true;
    }

    /// <summary>Notes that a slot has finished its point.</summary>
    /// <returns>The report to send, now and again until it is acknowledged.</returns>
    public PointReport Finish(int slot, PointRecord record, TimeSpan now)
    {
        var assignment = _running[slot] ?? throw new InvalidOperationException($"Slot {slot} runs nothing.");
        _running[slot] = null;
        if (record.Cost is { } cost)
        {
            _lastDuration = TimeSpan.FromSeconds(cost.WallSeconds);
        }

        var report = new PointReport(worker, assignment.Lease, record);
        _unacknowledged[(assignment.Lease, record.Index)] = new Report(report, now);
        return report;
    }

    public void Acknowledge(Lease lease, long index) => _unacknowledged.Remove((lease, index));

    /// <summary>Reports sent before <paramref name="before"/> and still not acknowledged; they count as sent <paramref name="now"/>.</summary>
    public IReadOnlyList<PointReport> Overdue(TimeSpan before, TimeSpan now)
    {
        var overdue = _unacknowledged.Where(entry => entry.Value.Sent < before).ToList();
        foreach (var (key, entry) in overdue)
        {
            _unacknowledged[key] = entry with { Sent = now };
        }

        return [.. overdue.Select(entry => entry.Value.Message)];
    }

    private sealed record Report(PointReport Message, TimeSpan Sent);
}
