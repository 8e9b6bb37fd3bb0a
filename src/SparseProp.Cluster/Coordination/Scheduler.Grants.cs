using SparseProp.Cluster.Protocol;
using SparseProp.Engine;
using SparseProp.Results;
using static SparseProp.Cluster.Coordination.SweepEffect;
using static SparseProp.Cluster.Coordination.SweepEvent;

namespace SparseProp.Cluster.Coordination;

/// <content>Grants: who gets which points next.</content>
internal sealed partial class Scheduler
{
    // Points that fit into no worker's memory are recorded as failed so many at a time, so that the coordinator stays responsive.
    private const int MostGivenUpAtOnce = 1000;

    private void OnWorkRequested(WorkRequested requested, ICollection<SweepEffect> effects)
    {
        if (_crew.Find(requested.Worker) is not { } worker)
        {
            effects.Add(new Introduce(requested.Worker));
            return;
        }

        if (requested.Request < worker.LastRequest || worker.IsLeaving)
        {
            return;
        }

        if (requested.Request == worker.LastRequest && worker.Answer is { } answer)
        {
            AnswerAgain(answer, effects);
            return;
        }

        worker.LastRequest = requested.Request;
        worker.Answer = null;
        if (!TryGrant(worker, requested.At, effects))
        {
            _crew.LineUp(worker);
            effects.Add(new Hold(worker.Name, requested.Request));
        }
    }

    private void AnswerAgain(Lease answer, ICollection<SweepEffect> effects)
    {
        // A lease whose points were all reported has arrived: there is nothing left to say.
        if (_leases.Find(answer) is { } live)
        {
            effects.Add(Granted(live));
        }
    }

    private void GrantToIdleWorkers(TimeSpan now, ICollection<SweepEffect> effects)
    {
        if (!_workTurnedUp)
        {
            return;
        }

        _workTurnedUp = false;
        foreach (var worker in _crew.Idle.ToList())
        {
            TryGrant(worker, now, effects);
        }
    }

    private bool TryGrant(CrewMember worker, TimeSpan now, ICollection<SweepEffect> effects)
    {
        if (worker.IsLeaving || _loaded is null || now < _leasesFrom)
        {
            return false;
        }

        var room = new MemoryRoom(worker);
        var lease = ActiveSweeps().Select(book => TryLease(book, worker, room, now)).FirstOrDefault(found => found is not null)
            ?? TryCopyStraggler(worker, room, now);
        if (lease is null)
        {
            return false;
        }

        Unreserve(worker);
        lease.Deadline = now + options.LeaseTime;
        lease.BacklogSeconds = worker.Leases.Sum(held => held.Open.Keys.Sum(held.Sweep.SecondsOf)) / worker.Slots;
        lease.Sweep.GrantedSeconds += lease.WorkSeconds;
        _leases.Add(lease);
        worker.Answer = lease.Lease;
        _crew.Serve(worker);
        effects.Add(Granted(lease));
        return true;
    }

    /// <summary>Those with points to lease: by priority, and among equals the one that has got least so far.</summary>
    private IEnumerable<SweepBook> ActiveSweeps() => _sweeps.Count == 1
        ? _sweeps.Values.Where(book => book.IsActive)
        : _sweeps.Values
            .Where(book => book.IsActive)
            .OrderByDescending(book => book.Priority)
            .ThenBy(book => book.GrantedSeconds)
            .ThenBy(book => book.Arrival)
            .ToList();

    private LeasedPoints? TryLease(SweepBook book, CrewMember worker, MemoryRoom room, TimeSpan now)
    {
        if (book.Verification.IsPressing && TryLeaseVerification(book, worker, room, now) is { } pressing)
        {
            return pressing;
        }

        var lease = NewLease(book, worker, LeaseKind.Work, now);
        if (book.Waiting.TryTakeSuspect(@class => FitsNow(book, worker, room, @class), out var suspect))
        {
            lease.Take(suspect, room);
            return lease;
        }

        Fill(lease, room);
        return lease.Open.Count > 0 ? lease : TryLeaseVerification(book, worker, room, now);
    }

    /// <summary>
    /// Takes the points of a lease. Before anything was measured that is one for each slot; then up to
    /// <see cref="SchedulerOptions.LeaseWork"/> for each slot, but never more than half of the worker's share of what is left.
    /// </summary>
    private void Fill(LeasedPoints lease, MemoryRoom room)
    {
        var (book, worker) = (lease.Sweep, lease.Worker);
        var share = Math.Max(worker.Slots, book.Unleased * worker.Slots / (2L * Math.Max(worker.Slots, _crew.Slots)));
        var most = book.IsMeasured ? Math.Min(share, options.MostPointsPerLease) : Math.Min(worker.Slots, options.MostPointsPerLease);
        var scan = 0;
        while (lease.Open.Count < most
            && lease.WorkSeconds < options.LeaseWork.TotalSeconds * worker.Slots
            && book.Waiting.TryTake(@class => FitsNow(book, worker, room, @class), ref scan, out var index))
        {
            lease.Take(index, room);
        }
    }

    private bool FitsNow(SweepBook book, CrewMember worker, MemoryRoom room, int @class)
    {
        var memory = book.Work.MemoryOf(@class);
        if (!memory.Fits(worker.MemoryBytes))
        {
            return false;
        }

        // A point that needs more than a slot's even share may fit only once the worker's other points are done.
        var isLarge = memory.LeastBytes > worker.MemoryBytes / worker.Slots;
        if (room.Fits(room.ClaimOf(memory)))
        {
            return isLarge || _reserved != worker || worker.Leases.Count == 0;
        }

        if (isLarge)
        {
            // Without a worker kept free, small points would take its place for ever.
            _reserved ??= worker;
        }

        return false;
    }

    private void Unreserve(CrewMember worker)
    {
        if (_reserved == worker)
        {
            _reserved = null;
        }
    }

    private LeasedPoints? TryLeaseVerification(SweepBook book, CrewMember worker, MemoryRoom room, TimeSpan now)
    {
        var lease = NewLease(book, worker, LeaseKind.Verification, now);
        var hasOther = _crew.HasOther(worker.Name);
        while (lease.Open.Count < options.MostPointsPerLease
            && lease.WorkSeconds < options.LeaseWork.TotalSeconds * worker.Slots
            && book.Verification.TryTake(
                worker.Name, hasOther, index => FitsNow(book, worker, room, book.Work.ClassOf(index)), out var index))
        {
            lease.Take(index, room);
        }

        return lease.Open.Count > 0 ? lease : null;
    }

    /// <summary>
    /// Copies the points of the lease that is most overdue, for a worker with nothing else to do. The first result of each counts; the
    /// other worker is told to stop.
    /// </summary>
    private LeasedPoints? TryCopyStraggler(CrewMember worker, MemoryRoom room, TimeSpan now)
    {
        var straggler = _leases.All
            .Where(lease => lease.Worker != worker && IsStraggler(lease, now))
            .OrderByDescending(lease => Overdue(lease, now))
            .ThenBy(lease => lease.Lease.Number)
            .FirstOrDefault();
        if (straggler is null)
        {
            return null;
        }

        // From its end: what the slow worker comes to last.
        var book = straggler.Sweep;
        var copy = NewLease(book, worker, LeaseKind.Work, now);
        foreach (var index in straggler.Open.Keys.Reverse().Where(index => book.CopiesOf(index) == 1 && book.IsOpen(index)))
        {
            if (copy.Open.Count < worker.Slots && FitsNow(book, worker, room, book.Work.ClassOf(index)))
            {
                copy.Take(index, room);
            }
        }

        straggler.IsCopied = copy.Open.Count == straggler.Open.Count;
        copy.IsCopied = true;
        return copy.Open.Count > 0 ? copy : null;
    }

    private bool IsStraggler(LeasedPoints lease, TimeSpan now) =>
        lease.Kind == LeaseKind.Work && !lease.IsCopied && lease.Sweep.IsActive && Overdue(lease, now) > TimeSpan.Zero;

    private TimeSpan Overdue(LeasedPoints lease, TimeSpan now)
    {
        var allowed = options.StragglerFactor * lease.ExpectedSeconds;
        return allowed < TimeSpan.MaxValue.TotalSeconds / 2
            ? now - lease.Granted - TimeSpan.FromSeconds(allowed) - options.StragglerSlack
            : TimeSpan.MinValue;
    }

    private LeasedPoints NewLease(SweepBook book, CrewMember worker, LeaseKind kind, TimeSpan now) =>
        new(new Lease(epoch, ++_lastLease), book, worker, kind, now);

    private static Grant Granted(LeasedPoints lease)
    {
        var book = lease.Sweep;
        return new Grant(
            lease.Worker.Name,
            lease.Worker.LastRequest,
            lease.Lease,
            book.Name,
            [.. lease.Open.Select(point => new GrantedIndex(
                point.Key,
                book.Attempts.GetValueOrDefault(point.Key),
                point.Value,
                book.Checkpoints.GetValueOrDefault(point.Key)))]);
    }

    /// <summary>Records points as failed that the memory of no worker can hold.</summary>
    private void GiveUpWhatFitsNowhere(TimeSpan now, ICollection<SweepEffect> effects)
    {
        if (_crew.Members.Count == 0 || _loaded is not { } loaded || now < loaded + options.MemoryGrace)
        {
            return;
        }

        var largest = _crew.LargestMemory;
        foreach (var book in ActiveSweeps())
        {
            var scan = 0;
            for (var given = 0; given < MostGivenUpAtOnce; given++)
            {
                if (!book.Waiting.TryTake(@class => !book.Work.MemoryOf(@class).Fits(largest), ref scan, out var index))
                {
                    break;
                }

                var needed = book.Work.MemoryOf(book.Work.ClassOf(index)).LeastBytes;
                GiveUp(book, index, TooLarge(book.Work.Describe(index), needed, largest), effects);
            }
        }
    }

    /// <summary>
    /// Names a point of a sweep that fits into the memory of none of the workers there are; null where all fit, or none are known.
    /// </summary>
    public string? LargestMisfit(string sweep)
    {
        if (Find(sweep) is not { } book || _crew.Members.Count == 0)
        {
            return null;
        }

        var largest = _crew.LargestMemory;
        var worst = Enumerable.Range(0, book.Work.Classes)
            .Where(@class => book.Work.SizeOf(@class) > 0)
            .MaxBy(@class => book.Work.MemoryOf(@class).LeastBytes);
        var needed = book.Work.MemoryOf(worst);
        return needed.Fits(largest) ? null : TooLarge(book.Work.Describe(book.Work.IndexOf(worst, 0)), needed.LeastBytes, largest).Message;
    }

    private static PointFailure TooLarge(string point, long needed, long largest) => new()
    {
        Kind = "memory",
        Message = $"{point} needs at least {MemoryNeed.Text(needed)} of memory, and the largest worker has {MemoryNeed.Text(largest)}",
        Attempts = 0,
    };
}
