using SparseProp.Engine;
using SparseProp.Results.Records;
using static SparseProp.Cluster.Coordination.SweepEffect;

namespace SparseProp.Cluster.Coordination;

/// <content>Memory: what fits where, now, later or not at all.</content>
internal sealed partial class Scheduler
{
    // Points that fit into no worker's memory are recorded as failed so many at a time, so that the coordinator stays responsive.
    private const int MostGivenUpAtOnce = 1000;

    // Without a worker kept free, small points would take a large one's place for ever. One at a time: the others go on.
    private Reservation? _reservation;

    // When the largest worker left or the first one came: since then the others have had time to join.
    private TimeSpan _shrank;

    /// <summary>
    /// Names a point of a sweep that fits into the memory of none of the workers there are; null where all fit, or none are known.
    /// </summary>
    public string? LargestMisfit(string sweep)
    {
        if (Find(sweep) is not { } book || _crew.LargestMemory == 0)
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

    /// <summary>Whether a worker can take a point beside what it holds. One that is kept free takes nothing smaller meanwhile.</summary>
    private bool FitsNow(SweepBook book, CrewMember worker, MemoryRoom room, int @class)
    {
        var memory = book.Work.MemoryOf(@class);
        if (_reservation is { } reservation && reservation.Worker == worker && memory.LeastBytes < reservation.Bytes)
        {
            return false;
        }

        if (room.Fits(room.ClaimOf(memory)))
        {
            return true;
        }

        // One that needs more than a slot's even share may fit only once the worker's other points are done.
        if (_reservation is null && memory.Fits(worker.MemoryBytes) && memory.LeastBytes > worker.MemoryBytes / worker.Slots)
        {
            _reservation = new Reservation(worker, book, memory.LeastBytes);
        }

        return false;
    }

    /// <summary>Leases a point that a worker is kept free for.</summary>
    /// <param name="reservation">The worker, and what for.</param>
    /// <param name="room">The worker's memory.</param>
    /// <param name="now">Now.</param>
    /// <param name="waits">Whether there still is such a point.</param>
    private LeasedPoints? TryLeaseReserved(Reservation reservation, MemoryRoom room, TimeSpan now, out bool waits)
    {
        var (worker, book) = (reservation.Worker, reservation.Sweep);
        var found = false;

        bool Fits(int @class)
        {
            var memory = book.Work.MemoryOf(@class);
            var isMeant = memory.LeastBytes >= reservation.Bytes && memory.Fits(worker.MemoryBytes);
            found |= isMeant;
            return isMeant && room.Fits(room.ClaimOf(memory));
        }

        var lease = book.IsActive ? TryLease(book, worker, room, now, Fits) : null;
        waits = found;
        return lease;
    }

    private void Unreserve(CrewMember worker)
    {
        if (_reservation?.Worker == worker)
        {
            _reservation = null;
        }
    }

    private void NoteShrinking(long largestBefore, TimeSpan now)
    {
        if (_crew.LargestMemory < largestBefore)
        {
            _shrank = now;
        }
    }

    /// <summary>Records points as failed that the memory of no worker can hold.</summary>
    private void GiveUpWhatFitsNowhere(TimeSpan now, ICollection<SweepEffect> effects)
    {
        var largest = _crew.LargestMemory;
        if (largest == 0
            || _loaded is not { } loaded
            || now < loaded + options.MemoryGrace
            || now < _shrank + options.MemoryGrace)
        {
            return;
        }

        foreach (var book in ActiveSweeps().Where(book => book.MostLeastBytes > largest))
        {
            bool IsTooLarge(int @class) => !book.Work.MemoryOf(@class).Fits(largest);

            GiveUpWaiting(book, IsTooLarge, largest, effects);
            while (book.Verification.TryAbandon(index => IsTooLarge(book.Work.ClassOf(index)), out var index))
            {
                effects.Add(new Announce(book.Name, new SweepNotice.NotVerified(index, TooLarge(book, index, largest).Message)));
            }

            FinishOnce(book, effects);
        }
    }

    private static void GiveUpWaiting(SweepBook book, Func<int, bool> isTooLarge, long largest, ICollection<SweepEffect> effects)
    {
        var scan = 0;
        for (var given = 0; given < MostGivenUpAtOnce; given++)
        {
            if (book.Waiting.TryTakeSuspect(index => isTooLarge(book.Work.ClassOf(index)), out var misfit)
                || book.Waiting.TryTake(isTooLarge, ref scan, out misfit))
            {
                GiveUp(book, misfit, TooLarge(book, misfit, largest), effects);
            }
            else
            {
                return;
            }
        }
    }

    private static PointFailure TooLarge(SweepBook book, long index, long largest) =>
        TooLarge(book.Work.Describe(index), book.Work.MemoryOf(book.Work.ClassOf(index)).LeastBytes, largest);

    private static PointFailure TooLarge(string point, long needed, long largest) => new()
    {
        Kind = "memory",
        Message = $"{point} needs at least {MemoryNeed.Text(needed)} of memory, and the largest worker has {MemoryNeed.Text(largest)}",
        Attempts = 0,
    };

    /// <summary>A worker that takes nothing smaller until a sweep's large points fit.</summary>
    /// <param name="Worker">The worker.</param>
    /// <param name="Sweep">The sweep.</param>
    /// <param name="Bytes">The points that it is kept for need so much or more.</param>
    private sealed record Reservation(CrewMember Worker, SweepBook Sweep, long Bytes);
}
