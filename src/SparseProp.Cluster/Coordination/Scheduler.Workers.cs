using SparseProp.Cluster.Protocol;
using SparseProp.Results;
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

        var member = _crew.Greet(joined.Worker);

        // It may count its requests anew, and no answer that it did not get counts for an answer.
        (member.LastRequest, member.Answer) = (0, null);
        effects.Add(new Welcome(member.Name));
        foreach (var held in joined.Held)
        {
            // It was cut off, and not brought down by the points it held.
            Forgive(held);
        }

        TakeNote(member, joined.Held, joined.At, effects);
    }

    private void OnLeasesHeld(LeasesHeld held, ICollection<SweepEffect> effects)
    {
        if (_crew.Find(held.Worker) is { } member)
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

            _leases.Add(live);
        }

        return live;
    }

    private static bool IsWanted(SweepBook book, long index) =>
        !book.IsCancelled && index >= 0 && index < book.Recorded.Capacity && book.IsOpen(index);

    private void Forgive(WorkProtocol.HeldLease held)
    {
        foreach (var index in held.Points)
        {
            if (Find(held.Sweep) is { } book && book.Losses.TryGetValue(index, out var losses))
            {
                book.Losses[index] = Math.Max(0, losses - 1);
            }
        }
    }

    private void OnPointsReturned(PointsReturned returned)
    {
        if (_leases.Find(returned.Lease) is not { } lease || lease.Worker.Name != returned.Worker)
        {
            return;
        }

        var closed = returned.Points.Where(index => _leases.Close(lease, index)).ToList();
        GiveBack(lease, closed);
    }

    private void OnWorkerLeaving(WorkerLeaving leaving)
    {
        if (_crew.Find(leaving.Worker) is { } member)
        {
            member.IsLeaving = true;
            _crew.Serve(member);
            Unreserve(member);
        }
    }

    private void OnWorkerLost(WorkerLost lost, ICollection<SweepEffect> effects)
    {
        if (_crew.Find(lost.Worker) is not { } member)
        {
            return;
        }

        _crew.Dismiss(member);
        Unreserve(member);
        var unfinished = new OrderedDictionary<SweepBook, int>();
        foreach (var lease in LeaseTable.InOrder(member.Leases))
        {
            var open = _leases.Remove(lease);
            unfinished[lease.Sweep] = unfinished.GetValueOrDefault(lease.Sweep) + open.Count;
            if (lease.Kind == LeaseKind.Verification)
            {
                GiveBack(lease, open);
                continue;
            }

            foreach (var index in open)
            {
                Suspect(lease.Sweep, index, member.Name, effects);
            }
        }

        foreach (var (book, points) in unfinished)
        {
            effects.Add(new Announce(book.Name, new SweepNotice.WorkerGone(member.Name, points)));
        }

        _workTurnedUp = true;
    }

    private void Suspect(SweepBook book, long index, string worker, ICollection<SweepEffect> effects)
    {
        var losses = book.Losses[index] = book.Losses.GetValueOrDefault(index) + 1;
        if (book.CopiesOf(index) > 0 || !book.IsOpen(index))
        {
            return;
        }

        if (losses < options.MostWorkerLosses)
        {
            book.Waiting.AddSuspect(index);
            return;
        }

        var message = $"{losses} workers were lost while they held this point, the last was {worker}";
        GiveUp(book, index, new PointFailure { Kind = "worker-lost", Message = message, Attempts = losses }, effects);
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
