using SparseProp.Cluster.Protocol;
using SparseProp.Results.Records;
using SparseProp.Results.Texts;
using static SparseProp.Cluster.Coordination.SweepEffect;
using static SparseProp.Cluster.Coordination.SweepEvent;

namespace SparseProp.Cluster.Coordination;

/// <content>Workers: who takes part, what they hold, and what is done when one is lost.</content>
internal sealed partial class Scheduler
{
    private void OnWorkerJoined(WorkerJoined joined, ICollection<SweepEffect> effects)
    {
        if (program.Refusal(joined.Worker.Program) is { } reason)
        {
            effects.Add(new Refuse(joined.Worker.Name, reason));
            return;
        }

        if (_crew.LargestMemory == 0)
        {
            _shrank = joined.At;
        }

        var member = _crew.Greet(joined.Worker);

        // It may count its requests anew, and no answer that it did not get counts for an answer.
        (member.LastRequest, member.Answer) = (0, null);
        _crew.Serve(member);
        member.Lapsed.Clear();
        effects.Add(new Welcome(member.Name));
        foreach (var held in joined.Held)
        {
            Forgive(held, member.Name);
        }

        TakeNote(member, joined.Held, joined.At, effects);
    }

    private void OnLeasesHeld(LeasesHeld held, ICollection<SweepEffect> effects)
    {
        if (_crew.Hear(held.Worker) is { } member)
        {
            TakeNote(member, held.Held, held.At, effects);
        }
        else
        {
            effects.Add(new Introduce(held.Worker));
        }
    }

    /// <summary>
    /// Renews the leases that a worker holds, and takes over those from before this coordinator, or from before the worker was given up,
    /// so that what it has worked on so far is not lost.
    /// </summary>
    private void TakeNote(
        CrewMember member, IReadOnlyList<WorkProtocol.HeldLease> held, TimeSpan now, ICollection<SweepEffect> effects)
    {
        foreach (var (lease, sweep, points) in held)
        {
            if (Find(sweep) is not { } book)
            {
                if (_loaded is not null)
                {
                    effects.Add(new Withdraw(member.Name, lease, points));
                }

                continue;
            }

            var live = _leases.Find(lease);
            if (live is not null && live.Worker != member)
            {
                continue;
            }

            if (live is null || live.Kind == LeaseKind.Work)
            {
                live = Adopt(member, book, lease, live, points, now, effects);
            }

            if (live is not null)
            {
                live.Deadline = now + options.LeaseTime;
            }
        }
    }

    private LeasedPoints? Adopt(
        CrewMember member,
        SweepBook book,
        Lease lease,
        LeasedPoints? live,
        long[] points,
        TimeSpan now,
        ICollection<SweepEffect> effects)
    {
        var unwanted = points.Where(index => !IsWanted(book, index)).ToList();
        if (unwanted.Count > 0)
        {
            effects.Add(new Withdraw(member.Name, lease, unwanted));
        }

        var room = new MemoryRoom(member);
        var wanted = points.Where(index => IsWanted(book, index)).ToList();
        if (live is null && wanted.Count > 0)
        {
            live = new LeasedPoints(lease, book, member, LeaseKind.Work, now);
            foreach (var index in wanted.Distinct())
            {
                live.Take(index, room);
            }

            Register(live, now);
        }

        return live;
    }

    private static bool IsWanted(SweepBook book, long index) =>
        !book.IsCancelled && index >= 0 && index < book.Recorded.Capacity && book.IsOpen(index);

    private void Forgive(WorkProtocol.HeldLease held, string worker)
    {
        if (Find(held.Sweep) is { } book)
        {
            foreach (var index in held.Points)
            {
                book.Forgive(index, worker);
            }
        }
    }

    private void OnPointsReturned(PointsReturned returned, ICollection<SweepEffect> effects)
    {
        _crew.Hear(returned.Worker);
        if (_leases.Find(returned.Lease) is not { } lease || lease.Worker.Name != returned.Worker)
        {
            return;
        }

        var closed = returned.Points.Where(index => _leases.Close(lease, index)).ToList();
        if (returned.Reason.Length > 0)
        {
            CountRefusals(lease, closed, returned.Reason, effects);
        }

        GiveBack(lease, closed);
        if (lease.Open.Count == 0)
        {
            Unanswer(lease);
        }
    }

    /// <summary>Points that a worker could not begin with came back with an error, as others do that fail while they run.</summary>
    private void CountRefusals(LeasedPoints lease, List<long> points, string reason, ICollection<SweepEffect> effects)
    {
        var book = lease.Sweep;
        foreach (var index in points.Where(index => lease.Kind == LeaseKind.Work && book.IsOpen(index) && !book.Recording.Contains(index)))
        {
            var failure = new PointFailure { Kind = "not-begun", Message = reason, Attempts = book.Attempts.GetValueOrDefault(index) + 1 };
            book.Attempts[index] = failure.Attempts;
            if (failure.Attempts < options.MostAttempts)
            {
                effects.Add(new Announce(book.Name, new SweepNotice.PointRetried(index, failure.Attempts, failure.Message)));
            }
            else
            {
                GiveUp(book, index, failure, effects);
            }
        }
    }

    private void OnWorkerLeaving(WorkerLeaving leaving)
    {
        if (_crew.Hear(leaving.Worker) is { } member)
        {
            var largest = _crew.LargestMemory;
            member.IsLeaving = true;
            NoteShrinking(largest, leaving.At);
            _crew.Serve(member);
            Unreserve(member);

            // What it alone could verify for another, that other verifies itself.
            _workTurnedUp = true;
        }
    }

    private void OnWorkerDrained(WorkerDrained drained)
    {
        if (_crew.Find(drained.Worker) is { } member)
        {
            _crew.Drain(member);
            Unreserve(member);

            // What it alone could verify for another, that other verifies itself.
            _workTurnedUp = true;
        }
    }

    private void OnWorkerResumed(WorkerResumed resumed)
    {
        _crew.Resume(resumed.Worker);
        _workTurnedUp = true;
    }

    private void OnWorkerLost(WorkerLost lost, ICollection<SweepEffect> effects)
    {
        if (_crew.Find(lost.Worker) is not { } member)
        {
            return;
        }

        var largest = _crew.LargestMemory;
        _crew.Dismiss(member);
        NoteShrinking(largest, lost.At);
        Unreserve(member);
        SuspectLapsed(member, effects);
        var unfinished = new OrderedDictionary<SweepBook, int>();
        foreach (var lease in LeaseTable.InOrder(member.Leases))
        {
            var open = _leases.Remove(lease);
            unfinished[lease.Sweep] = unfinished.GetValueOrDefault(lease.Sweep) + open.Count;
            foreach (var index in open)
            {
                Suspect(lease.Kind, lease.Sweep, index, member.Name, effects);
            }
        }

        foreach (var (book, points) in unfinished)
        {
            effects.Add(new Announce(book.Name, new SweepNotice.WorkerGone(member.Name, points)));
        }

        _workTurnedUp = true;
    }

    /// <summary>A worker that was cut off before it was given up may have lost its leases to time; it was lost with them nevertheless.</summary>
    private void SuspectLapsed(CrewMember member, ICollection<SweepEffect> effects)
    {
        foreach (var (book, index) in member.Lapsed)
        {
            if (Find(book.Name) == book && book.IsOpen(index))
            {
                Suspect(LeaseKind.Work, book, index, member.Name, effects);
            }
        }
    }

    private void Suspect(LeaseKind kind, SweepBook book, long index, string worker, ICollection<SweepEffect> effects)
    {
        var losses = book.AddLoss(index, worker);
        var message = $"{Counted.Of(losses, "worker was lost while it", "workers were lost while they")} held this point, the last was {worker}";
        if (kind == LeaseKind.Verification)
        {
            book.Verification.GiveBack(index, losses < options.MostWorkerLosses);
            if (losses >= options.MostWorkerLosses)
            {
                effects.Add(new Announce(book.Name, new SweepNotice.NotVerified(index, message)));
                FinishOnce(book, effects);
            }
        }
        else if (losses < options.MostWorkerLosses)
        {
            MakeWait(book, index);
        }
        else if (book.IsOpen(index) && !book.IsLeased(index))
        {
            GiveUp(book, index, new PointFailure { Kind = "worker-lost", Message = message, Attempts = losses }, effects);
        }
    }

    private static void GiveUp(SweepBook book, long index, PointFailure failure, ICollection<SweepEffect> effects)
    {
        if (book.Recording.Add(index))
        {
            effects.Add(new Announce(book.Name, new SweepNotice.PointFailed(index, failure.Attempts, failure.Message)));
            effects.Add(new GiveUp(book.Name, index, failure));
        }
    }
}
