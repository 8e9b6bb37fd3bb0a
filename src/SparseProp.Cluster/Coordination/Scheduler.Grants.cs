using SparseProp.Cluster.Protocol;
using static SparseProp.Cluster.Coordination.SweepEffect;
using static SparseProp.Cluster.Coordination.SweepEvent;

namespace SparseProp.Cluster.Coordination;

/// <content>Grants: who gets which points next.</content>
internal sealed partial class Scheduler
{
    // Points that were lost with so many workers do not meet on one: that which brings it down would take the others along each time.
    private const int LossesToKeepApart = 2;

    private void OnWorkRequested(WorkRequested requested, ICollection<SweepEffect> effects)
    {
        if (_crew.Hear(requested.Worker) is not { } worker)
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

    private static void AnswerAgain(LeasedPoints answer, ICollection<SweepEffect> effects)
    {
        // A lease whose points were all reported has arrived: there is nothing left to say.
        if (answer.Open.Count > 0)
        {
            effects.Add(Granted(answer));
        }
    }

    private void GrantToIdleWorkers(TimeSpan now, ICollection<SweepEffect> effects)
    {
        var freed = _freed;
        _freed = null;
        if (_workTurnedUp)
        {
            _workTurnedUp = false;
            foreach (var worker in _crew.Idle.ToArray())
            {
                TryGrant(worker, now, effects);
            }
        }
        else if (freed is { IsIdle: true })
        {
            TryGrant(freed, now, effects);
        }
    }

    /// <summary>Whether points are leased by now, or workers are still given time to say what they hold.</summary>
    private bool HasBegun(TimeSpan now) => _loaded is not null && now >= _leasesFrom;

    /// <summary>Whether points of a sweep are leased, and its store keeps up.</summary>
    private bool IsLeasing(SweepBook book) => book.IsActive && book.Recording.Count < options.MostUnrecorded;

    private bool TryGrant(CrewMember worker, TimeSpan now, ICollection<SweepEffect> effects)
    {
        if (!worker.TakesWork || !HasBegun(now))
        {
            return false;
        }

        var room = new MemoryRoom(worker);
        LeasedPoints? lease = null;
        if (_reservation is { } reservation && reservation.Worker == worker)
        {
            lease = TryLeaseReserved(reservation, room, now, out var waits);
            if (lease is null && waits)
            {
                return false;
            }

            _reservation = null;
        }

        lease ??= TryLease(worker, room, now);
        if (lease is null)
        {
            return false;
        }

        Hand(lease, now, effects);
        return true;
    }

    private LeasedPoints? TryLease(CrewMember worker, MemoryRoom room, TimeSpan now)
    {
        foreach (var book in ActiveSweeps())
        {
            if (TryLease(book, worker, room, now, @class => FitsNow(book, worker, room, @class)) is { } lease)
            {
                return lease;
            }
        }

        return null;
    }

    private void Hand(LeasedPoints lease, TimeSpan now, ICollection<SweepEffect> effects)
    {
        _lastLease++;
        Register(lease, now);
        lease.Sweep.GrantedSeconds += lease.WorkSeconds;
        lease.Worker.Answer = lease;
        _crew.Serve(lease.Worker);
        effects.Add(Granted(lease));
    }

    private void Register(LeasedPoints lease, TimeSpan now)
    {
        lease.Deadline = now + options.LeaseTime;
        lease.BacklogSeconds = lease.Worker.Leases.Sum(held => held.OpenSeconds()) / lease.Worker.Slots;
        _leases.Add(lease);
    }

    /// <summary>Those with points to lease: by priority, and among equals the one that has got least so far.</summary>
    private IEnumerable<SweepBook> ActiveSweeps() => _sweeps.Count == 1
        ? _sweeps.Values.Where(IsLeasing)
        : _sweeps.Values
            .Where(IsLeasing)
            .OrderByDescending(book => book.Priority)
            .ThenBy(book => book.GrantedSeconds)
            .ThenBy(book => book.Arrival)
            .ToList();

    private LeasedPoints? TryLease(SweepBook book, CrewMember worker, MemoryRoom room, TimeSpan now, Func<int, bool> fits)
    {
        if (book.Verification.IsPressing && TryLeaseVerification(book, worker, room, now, fits) is { } pressing)
        {
            return pressing;
        }

        var lease = NewLease(book, worker, LeaseKind.Work, now);
        if (book.Waiting.TryTakeSuspect(index => IsKeptApart(book, index, worker) && fits(book.Work.ClassOf(index)), out var suspect))
        {
            lease.Take(suspect, room);
            return lease;
        }

        Fill(lease, room, fits);
        return lease.Open.Count > 0 ? lease : TryLeaseVerification(book, worker, room, now, fits);
    }

    private static bool IsKeptApart(SweepBook book, long index, CrewMember worker) =>
        book.LossesOf(index) < LossesToKeepApart
        || !worker.Leases.Exists(lease => lease.Open.Keys.Any(other => lease.Sweep.LossesOf(other) >= LossesToKeepApart));

    /// <summary>
    /// Takes the points of a lease. Before anything was measured that is one for each free slot; then up to
    /// <see cref="SchedulerOptions.LeaseWork"/> for each slot, but never more than half of the worker's share of what is left.
    /// </summary>
    private void Fill(LeasedPoints lease, MemoryRoom room, Func<int, bool> fits)
    {
        var (book, worker) = (lease.Sweep, lease.Worker);
        var free = Math.Max(1, worker.Slots - worker.OpenPoints);
        var share = book.Unleased * worker.Slots / (2L * Math.Max(worker.Slots, _crew.Slots));
        var most = Math.Min(book.IsMeasured ? Math.Max(free, share) : free, options.MostPointsPerLease);
        var scan = 0;
        while (lease.Open.Count < most
            && lease.WorkSeconds < options.LeaseWork.TotalSeconds * worker.Slots
            && book.Waiting.TryTake(fits, ref scan, out var index))
        {
            // One that was held before it was ever granted here, and was given back, turns up twice.
            if (!lease.Open.ContainsKey(index))
            {
                lease.Take(index, room);
            }
        }
    }

    private LeasedPoints? TryLeaseVerification(SweepBook book, CrewMember worker, MemoryRoom room, TimeSpan now, Func<int, bool> fits)
    {
        if (!book.Verification.IsAsked)
        {
            return null;
        }

        bool HasOther(long index) => _crew.HasOther(worker, book.Work.MemoryOf(book.Work.ClassOf(index)));
        bool Fits(long index) => fits(book.Work.ClassOf(index));

        var lease = NewLease(book, worker, LeaseKind.Verification, now);
        while (lease.Open.Count < options.MostPointsPerLease
            && lease.WorkSeconds < options.LeaseWork.TotalSeconds * worker.Slots
            && book.Verification.TryTake(worker.Name, HasOther, Fits, out var index))
        {
            lease.Take(index, room);
        }

        return lease.Open.Count > 0 ? lease : null;
    }

    /// <summary>
    /// Copies the points of leases that are overdue for workers with nothing else to do. The first result of each counts; the other
    /// worker is told to stop.
    /// </summary>
    private void CopyStragglers(TimeSpan now, ICollection<SweepEffect> effects)
    {
        if (_crew.Idle.Count == 0 || !HasBegun(now))
        {
            return;
        }

        foreach (var straggler in _leases.OverdueAt(now, options))
        {
            if (straggler.Kind != LeaseKind.Work || straggler.IsCopied || !straggler.Sweep.IsActive)
            {
                continue;
            }

            foreach (var worker in _crew.Idle.Where(worker => CanCopy(worker, straggler)).ToArray())
            {
                if (!straggler.IsCopied && TryCopy(straggler, worker, now) is { } copy)
                {
                    Hand(copy, now, effects);
                }
            }
        }
    }

    private bool CanCopy(CrewMember worker, LeasedPoints straggler) =>
        worker.TakesWork && worker != straggler.Worker && _reservation?.Worker != worker;

    private LeasedPoints? TryCopy(LeasedPoints straggler, CrewMember worker, TimeSpan now)
    {
        // From its end: what the slow worker comes to last.
        var book = straggler.Sweep;
        var room = new MemoryRoom(worker);
        var copy = NewLease(book, worker, LeaseKind.Work, now);
        var single = straggler.Open.Keys.Where(index => book.CopiesOf(index) == 1 && book.IsOpen(index)).ToList();
        for (var i = single.Count - 1; i >= 0 && copy.Open.Count < worker.Slots; i--)
        {
            if (room.Fits(room.ClaimOf(book.Work.MemoryOf(book.Work.ClassOf(single[i])))))
            {
                copy.Take(single[i], room);
            }
        }

        straggler.IsCopied = copy.Open.Count == single.Count;
        copy.IsCopied = true;
        return copy.Open.Count > 0 ? copy : null;
    }

    // Counted only once it is handed out.
    private LeasedPoints NewLease(SweepBook book, CrewMember worker, LeaseKind kind, TimeSpan now) =>
        new(new Lease(epoch, _lastLease + 1), book, worker, kind, now);

    private static Grant Granted(LeasedPoints lease)
    {
        var book = lease.Sweep;
        var points = new GrantedIndex[lease.Open.Count];
        var place = 0;
        foreach (var (index, claim) in lease.Open)
        {
            points[place++] = new GrantedIndex(
                index, book.Attempts.GetValueOrDefault(index), claim, book.Checkpoints.GetValueOrDefault(index));
        }

        return new Grant(lease.Worker.Name, lease.Worker.LastRequest, lease.Lease, book.Name, points);
    }
}
