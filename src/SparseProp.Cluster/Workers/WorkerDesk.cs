using SparseProp.Cluster.Protocol;
using SparseProp.Results;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// What lies on a worker's desk: points waiting for a slot, points running, and reports not yet acknowledged. Decides what runs
/// next and when more work is wanted. Has no clock, actor or thread.
/// </summary>
internal sealed class WorkerDesk(string worker, int slots, long memoryBytes)
{
    // Points longer than this are not asked for ahead: they would wait here while another worker is free.
    private static readonly TimeSpan LongPoint = TimeSpan.FromSeconds(1);

    private readonly List<Assignment> _waiting = [];
    private readonly Assignment?[] _running = new Assignment?[slots];
    private readonly HashSet<Assignment> _dropped = [];
    private readonly OrderedDictionary<(Lease, long), Report> _unacknowledged = [];
    private TimeSpan _lastDuration = TimeSpan.MaxValue;

    /// <summary>Slots that simulate now.</summary>
    public int Running => _running.Count(assignment => assignment is not null);

    public int Waiting => _waiting.Count;

    public int Unacknowledged => _unacknowledged.Count;

    /// <summary>Whether more work is refused, because the worker leaves.</summary>
    public bool IsClosed { get; set; }

    /// <summary>
    /// Whether another lease is wanted: a slot is free and nothing waits for it, or points are so short that the next should lie
    /// ready when the slots come free.
    /// </summary>
    public bool WantsWork => !IsClosed
        && (_waiting.Count < slots - Running || (_lastDuration < LongPoint && _waiting.Count < slots));

    /// <summary>The points that run, by slot.</summary>
    public IEnumerable<(int Slot, Assignment Assignment)> RunningPoints => _running
        .Select((assignment, slot) => (slot, assignment!))
        .Where(entry => entry.Item2 is not null && !_dropped.Contains(entry.Item2));

    /// <summary>Leases with waiting or running points, and those points.</summary>
    public IReadOnlyList<WorkProtocol.HeldLease> Held =>
        [.. Unfinished
            .GroupBy(assignment => (assignment.Lease, assignment.Sweep))
            .Select(lease => new WorkProtocol.HeldLease(
                lease.Key.Lease, lease.Key.Sweep, [.. lease.Select(assignment => assignment.Index)]))];

    private IEnumerable<Assignment> Unfinished =>
        _waiting.Concat(_running.OfType<Assignment>().Where(assignment => !_dropped.Contains(assignment)));

    /// <summary>Whether a point runs, and was not taken off the desk.</summary>
    public bool IsRunning(Assignment assignment) => _running.Contains(assignment) && !_dropped.Contains(assignment);

    public bool Holds(Lease lease) =>
        Unfinished.Any(assignment => assignment.Lease == lease) || _unacknowledged.Keys.Any(key => key.Item1 == lease);

    /// <exception cref="FormatException">A parameter is unknown to this build; nothing of the lease is taken.</exception>
    public void Add(WorkProtocol.WorkGranted granted)
    {
        var interval = TimeSpan.FromSeconds(granted.CheckpointSeconds);
        _waiting.AddRange([.. granted.Points.Select(point => new Assignment(
            granted.Sweep, granted.Lease, point.Index, point.Parameters.ToParameters(), (int)point.Attempt, point.MemoryBytes)
        {
            CheckpointInterval = interval,
            CheckpointBytes = point.CheckpointBytes,
            CheckpointGeneration = point.CheckpointGeneration,
        })]);
    }

    /// <summary>
    /// Puts the next waiting point on a free slot, if there are both, and memory for it beside those that run. A point that needs more
    /// than is free waits, and those behind it with it: else it might wait for ever.
    /// </summary>
    public bool TryStart(out int slot, out Assignment assignment)
    {
        slot = Array.IndexOf(_running, null);
        if (slot < 0 || _waiting.Count == 0 || !HasMemoryFor(_waiting[0]))
        {
            assignment = null!;
            return false;
        }

        assignment = _waiting[0];
        _waiting.RemoveAt(0);
        _running[slot] = assignment;
        return true;
    }

    /// <summary>Notes that a slot has finished its point.</summary>
    /// <returns>The report to send, now and again until it is acknowledged; null where the point was taken back meanwhile.</returns>
    public PointReport? Finish(int slot, PointRecord record, TimeSpan now)
    {
        if (Free(slot) is not { } assignment)
        {
            return null;
        }

        if (record.Cost is { } cost)
        {
            _lastDuration = TimeSpan.FromSeconds(cost.WallSeconds);
        }

        var report = new PointReport(worker, assignment.Sweep, assignment.Lease, record);
        _unacknowledged[(assignment.Lease, record.Index)] = new Report(report, now);
        return report;
    }

    /// <summary>Notes that a slot has stopped its point.</summary>
    /// <returns>The point, if it was not taken back before.</returns>
    public Assignment? Free(int slot)
    {
        var assignment = _running[slot] ?? throw new InvalidOperationException($"Slot {slot} runs nothing.");
        _running[slot] = null;
        return _dropped.Remove(assignment) ? null : assignment;
    }

    /// <summary>Takes points of a lease off the desk.</summary>
    /// <returns>Those that run, to be stopped; nothing of them will be reported.</returns>
    public IReadOnlyList<(int Slot, Assignment Assignment)> Drop(Lease lease, IReadOnlyCollection<long> points)
    {
        _waiting.RemoveAll(assignment => assignment.Lease == lease && points.Contains(assignment.Index));
        var running = RunningPoints
            .Where(entry => entry.Assignment.Lease == lease && points.Contains(entry.Assignment.Index))
            .ToList();
        _dropped.UnionWith(running.Select(entry => entry.Assignment));
        return running;
    }

    /// <summary>Takes all points off the desk that have not begun.</summary>
    public IReadOnlyList<WorkProtocol.HeldLease> DropWaiting()
    {
        var dropped = _waiting
            .GroupBy(assignment => (assignment.Lease, assignment.Sweep))
            .Select(lease => new WorkProtocol.HeldLease(
                lease.Key.Lease, lease.Key.Sweep, [.. lease.Select(assignment => assignment.Index)]))
            .ToList();
        _waiting.Clear();
        return dropped;
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

    private bool HasMemoryFor(Assignment next)
    {
        var claimed = _running.OfType<Assignment>().Sum(assignment => assignment.MemoryBytes);
        return claimed == 0 || claimed + next.MemoryBytes <= memoryBytes;
    }

    private sealed record Report(PointReport Message, TimeSpan Sent);
}
