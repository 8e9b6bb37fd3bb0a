using System.Diagnostics.CodeAnalysis;
using SparseProp.Cluster.Protocol;
using SparseProp.Results.Records;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// What lies on a worker's desk: points waiting for a slot, points that occupy one, and reports not yet acknowledged. Decides what
/// runs next and when more work is wanted. Has no clock, actor or thread.
/// </summary>
/// <param name="worker">The worker's name.</param>
/// <param name="slots">How many points run at once.</param>
/// <param name="memoryBytes">What they may use together.</param>
internal sealed class WorkerDesk(string worker, int slots, long memoryBytes)
{
    // Points longer than this are not asked for ahead: they would wait here while another worker is free.
    private static readonly TimeSpan LongPoint = TimeSpan.FromSeconds(1);

    private readonly List<Assignment> _waiting = [];
    private readonly List<WorkProtocol.WorkGranted> _awaiting = [];
    private readonly Seat?[] _seats = new Seat?[slots];
    private readonly Dictionary<(Lease, long), Report> _unacknowledged = [];
    private TimeSpan _lastDuration = TimeSpan.MaxValue;
    private bool _isClosed;

    /// <summary>Slots that are occupied.</summary>
    public int Busy => _seats.Count(seat => seat is not null);

    public int Waiting => _waiting.Count;

    public int Unacknowledged => _unacknowledged.Count;

    /// <summary>Leases whose points cannot be made before their source is here.</summary>
    public IReadOnlyList<WorkProtocol.WorkGranted> Awaiting => [.. _awaiting];

    /// <summary>Sources that points need, or wait for.</summary>
    public IReadOnlySet<string> Sources =>
        _awaiting.Select(granted => granted.Source).Concat(Unfinished.Select(point => point.Source)).ToHashSet();

    /// <summary>Slots whose point is wanted, in order.</summary>
    public IReadOnlyList<int> WantedSlots => [.. Enumerable.Range(0, slots).Where(IsWanted)];

    /// <summary>
    /// Whether another lease is wanted: a slot is free and nothing waits for it (nor for memory), or points are so short that the
    /// next should lie ready when the slots come free.
    /// </summary>
    public bool WantsWork =>
        !_isClosed && _awaiting.Count == 0 && (Busy < slots ? _waiting.Count == 0 : _lastDuration < LongPoint && _waiting.Count < slots);

    /// <summary>Leases with unfinished points that are wanted.</summary>
    public IReadOnlyList<WorkProtocol.HeldLease> Held =>
        [.. Unfinished
            .Select(point => (point.Lease, point.Sweep, point.Index))
            .Concat(_awaiting.SelectMany(granted => granted.Points.Select(point => (granted.Lease, granted.Sweep, point.Index))))
            .GroupBy(point => (point.Lease, point.Sweep), point => point.Index)
            .Select(lease => new WorkProtocol.HeldLease(lease.Key.Lease, lease.Key.Sweep, [.. lease]))];

    private IEnumerable<Assignment> Unfinished =>
        _seats.OfType<Seat>().Where(seat => seat.IsWanted).Select(seat => seat.Assignment).Concat(_waiting);

    public bool Holds(Lease lease) =>
        Unfinished.Any(point => point.Lease == lease) || _awaiting.Exists(granted => granted.Lease == lease) || _unacknowledged.Keys.Any(key => key.Item1 == lease);

    public bool IsWanted(int slot) => _seats[slot] is { IsWanted: true };

    /// <summary>The point that occupies the slot.</summary>
    public Assignment On(int slot) => SeatOf(slot).Assignment;

    /// <summary>From now on no work is wanted.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Keeps a lease until its source is here.</summary>
    public void Await(WorkProtocol.WorkGranted granted) => _awaiting.Add(granted);

    /// <summary>Takes the leases off the desk that wait for a source; of any, where none is named.</summary>
    public IReadOnlyList<WorkProtocol.WorkGranted> TakeAwaiting(string? source = null)
    {
        WorkProtocol.WorkGranted[] taken = [.. _awaiting.Where(granted => source is null || granted.Source == source)];
        _awaiting.RemoveAll(taken.Contains);
        return taken;
    }

    /// <summary>Takes over a lease's points. One that is here already, under an older lease, goes on under the new one.</summary>
    /// <param name="granted">The lease.</param>
    /// <param name="plan">What its source describes; null where it has none.</param>
    /// <returns>What this build cannot simulate.</returns>
    public IReadOnlyList<long> Add(WorkProtocol.WorkGranted granted, SweepPlan? plan = null)
    {
        var unreadable = new List<long>();
        foreach (var point in granted.Points)
        {
            try
            {
                Add(Assignment.Of(granted, point, plan));
            }
            catch (FormatException)
            {
                unreadable.Add(point.Index);
            }
        }

        return unreadable;
    }

    /// <summary>
    /// Puts the next waiting point on a free slot, if there are both, and memory. A point alone always has enough: whether it fits at
    /// all is its simulation's to say.
    /// </summary>
    public bool TryStart(out int slot, [NotNullWhen(true)] out Assignment? assignment)
    {
        slot = Array.IndexOf(_seats, null);
        assignment = _waiting.FirstOrDefault();
        if (slot < 0 || assignment is null || !Fits(assignment))
        {
            assignment = null;
            return false;
        }

        _waiting.RemoveAt(0);
        _seats[slot] = new Seat(assignment, IsWanted: true);
        return true;
    }

    /// <summary>Notes that a slot has finished its point and is free.</summary>
    /// <returns>The report to send, now and again until it is acknowledged; null for a point that is not wanted any more.</returns>
    public PointReport? Finish(int slot, PointRecord record, TimeSpan now)
    {
        var (assignment, isWanted) = SeatOf(slot);
        _seats[slot] = null;
        if (!isWanted)
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

    /// <summary>The point on the slot is not wanted any more, but its engine is not free yet.</summary>
    public void GiveUp(int slot) => _seats[slot] = SeatOf(slot) with { IsWanted = false };

    /// <summary>The slot is free; its point is neither finished nor wanted.</summary>
    public void Free(int slot) => _seats[slot] = null;

    /// <summary>The generation of the next checkpoint of the slot's point.</summary>
    public long NextGeneration(int slot)
    {
        var seat = SeatOf(slot);
        var generation = seat.Assignment.CheckpointGeneration + 1;
        _seats[slot] = seat with { Assignment = seat.Assignment with { CheckpointGeneration = generation } };
        return generation;
    }

    /// <summary>Forgets points of a lease, waiting or reported.</summary>
    /// <returns>Slots that they occupy still.</returns>
    public IReadOnlyList<int> Withdraw(Lease lease, IReadOnlyCollection<long> points)
    {
        var withdrawn = points.ToHashSet();
        bool IsWithdrawn(Assignment point) => point.Lease == lease && withdrawn.Contains(point.Index);

        _waiting.RemoveAll(IsWithdrawn);
        foreach (var granted in _awaiting.Where(granted => granted.Lease == lease).ToList())
        {
            _awaiting.Remove(granted);
            if (granted.Points.Where(point => !withdrawn.Contains(point.Index)).ToArray() is { Length: > 0 } left)
            {
                _awaiting.Add(granted with { Points = left });
            }
        }

        foreach (var index in withdrawn)
        {
            Acknowledge(lease, index);
        }

        return [.. WantedSlots.Where(slot => IsWithdrawn(On(slot)))];
    }

    /// <summary>Takes all waiting points off the desk.</summary>
    public IReadOnlyList<Assignment> TakeWaiting()
    {
        Assignment[] waiting = [.. _waiting];
        _waiting.Clear();
        return waiting;
    }

    public void Acknowledge(Lease lease, long index) => _unacknowledged.Remove((lease, index));

    /// <summary>
    /// At most <paramref name="most"/> reports sent before <paramref name="before"/> and still not acknowledged, the oldest first;
    /// they count as sent <paramref name="now"/>.
    /// </summary>
    public IReadOnlyList<PointReport> Overdue(TimeSpan before, TimeSpan now, int most)
    {
        var overdue = _unacknowledged
            .Where(entry => entry.Value.Sent < before)
            .OrderBy(entry => entry.Value.Sent)
            .Take(most)
            .ToList();
        foreach (var (key, entry) in overdue)
        {
            _unacknowledged[key] = entry with { Sent = now };
        }

        return [.. overdue.Select(entry => entry.Value.Message)];
    }

    private void Add(Assignment granted)
    {
        if (_waiting.FindIndex(granted.IsSamePoint) is >= 0 and var place)
        {
            _waiting[place] = granted;
        }
        else if (Array.FindIndex(_seats, seat => seat is { IsWanted: true } && seat.Assignment.IsSamePoint(granted)) is >= 0 and var slot)
        {
            var running = On(slot);
            var generation = Math.Max(running.CheckpointGeneration, granted.CheckpointGeneration);
            _seats[slot] = new Seat(running with { Lease = granted.Lease, CheckpointGeneration = generation }, IsWanted: true);
        }
        else
        {
            _waiting.Add(granted);
        }
    }

    private bool Fits(Assignment point)
    {
        var claimed = _seats.Sum(seat => (decimal)(seat?.Assignment.MemoryBytes ?? 0));
        return Busy == 0 || claimed + point.MemoryBytes <= memoryBytes;
    }

    private Seat SeatOf(int slot) => _seats[slot] ?? throw new InvalidOperationException($"Slot {slot} has no point.");

    private sealed record Seat(Assignment Assignment, bool IsWanted);

    private sealed record Report(PointReport Message, TimeSpan Sent);
}
