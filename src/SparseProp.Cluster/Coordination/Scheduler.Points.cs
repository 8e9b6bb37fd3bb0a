using SparseProp.Results.Records;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.SweepEffect;
using static SparseProp.Cluster.Coordination.SweepEvent;

namespace SparseProp.Cluster.Coordination;

/// <content>Points: what comes of them.</content>
internal sealed partial class Scheduler
{
    private void OnPointReported(PointReported reported, ICollection<SweepEffect> effects)
    {
        _crew.Hear(reported.Worker);
        var book = Find(reported.Sweep);
        if (book is null && _loaded is null)
        {
            // Its sweep may yet turn up, and the worker repeats the report.
            return;
        }

        var index = book?.Work.Find(reported.Record) ?? -1;
        if (book is null || index < 0)
        {
            // Of a sweep that is over, or that no longer has this point.
            effects.Add(new Acknowledge(new ReportSource(reported.Worker, reported.Lease, reported.Record.Index, false)));
            return;
        }

        var closed = Close(reported, book, index, out var source);
        if (reported.Record.Failure is { } failure)
        {
            OnFailureReported(book, index, failure, reported, source, closed, effects);
            return;
        }

        // What is only repeated teaches nothing.
        if (reported.Record.Cost is { } cost && (closed || book.IsOpen(index)))
        {
            book.Work.Learn(index, cost.WallSeconds);
            book.IsMeasured = true;
        }

        if (!book.Recorded.Contains(index))
        {
            book.Recording.Add(index);
            book.Replication?.Report(index, reported.Record);
        }

        effects.Add(new Record(book.Name, Renumbered(reported.Record, index), source));
    }

    /// <summary>Takes a reported point out of its lease.</summary>
    /// <returns>Whether it was in it.</returns>
    private bool Close(PointReported reported, SweepBook book, long index, out ReportSource source)
    {
        // The worker counts as it did when it was given the lease; a changed sweep file may count otherwise.
        var counted = reported.Record.Index;
        source = new ReportSource(reported.Worker, reported.Lease, counted, false);
        if (_leases.Find(reported.Lease) is not { } lease || lease.Sweep != book || !_leases.Close(lease, counted))
        {
            return false;
        }

        _freed = lease.Worker;
        if (counted != index)
        {
            // Taken over by its old number, the lease stood for a point that no one has worked on.
            GiveBack(lease, [counted]);
            return false;
        }

        source = source with { Verifies = lease.Kind == LeaseKind.Verification };
        return true;
    }

    private void OnFailureReported(
        SweepBook book,
        long index,
        PointFailure failure,
        PointReported reported,
        ReportSource source,
        bool closed,
        ICollection<SweepEffect> effects)
    {
        if (book.Recording.Contains(index))
        {
            // What becomes of the point is not yet safe. The worker will say it again.
            return;
        }

        if (!book.IsOpen(index))
        {
            OnVerificationFailed(book, index, failure, source, effects);
            effects.Add(new Acknowledge(source));
            return;
        }

        // A repeated report is no new attempt, and neither is that of a copy.
        var isNew = failure.Attempts > book.Attempts.GetValueOrDefault(index);
        if (isNew)
        {
            book.Attempts[index] = failure.Attempts;
            ForgetCheckpointOf(book, index, effects);
        }

        if (!isNew || failure.Attempts < options.MostAttempts)
        {
            if (closed)
            {
                MakeWait(book, index);
            }

            effects.Add(new Acknowledge(source));
            if (isNew)
            {
                effects.Add(new Announce(book.Name, new SweepNotice.PointRetried(index, failure.Attempts, failure.Message)));
            }

            return;
        }

        book.Recording.Add(index);
        effects.Add(new Announce(book.Name, new SweepNotice.PointFailed(index, failure.Attempts, failure.Message)));
        effects.Add(new Record(book.Name, Renumbered(reported.Record, index), source));
    }

    private static void OnVerificationFailed(
        SweepBook book, long index, PointFailure failure, ReportSource source, ICollection<SweepEffect> effects)
    {
        if (source.Verifies && book.Verification.Settle(index))
        {
            effects.Add(new Announce(book.Name, new SweepNotice.VerificationFailed(index, source.Worker, failure.Message)));
            FinishOnce(book, effects);
        }
    }

    private void OnPointRecorded(PointRecorded recorded, ICollection<SweepEffect> effects)
    {
        if (Find(recorded.Sweep) is { } book)
        {
            Settle(book, recorded, effects);
        }

        if (recorded.Source is { } source)
        {
            effects.Add(new Acknowledge(source));
        }
    }

    private void Settle(SweepBook book, PointRecorded recorded, ICollection<SweepEffect> effects)
    {
        var index = recorded.Index;
        var wasLeasing = IsLeasing(book);
        if (book.Settle(index, recorded.Failed, recorded.Outcome == RecordOutcome.Recorded))
        {
            ForgetCheckpointOf(book, index, effects);
            _workTurnedUp |= book.Replication is not null;
            _workTurnedUp |= !recorded.Failed && book.Verification.OnRecorded(index, recorded.Source?.Worker);
        }
        else if (recorded.Source is { Verifies: true })
        {
            book.Verification.Settle(index);
        }

        if (recorded is { Outcome: RecordOutcome.Divergent, Source: { } divergent } && book.AddDivergent(divergent))
        {
            effects.Add(new Announce(book.Name, new SweepNotice.PointDiverged(index, divergent.Worker)));
        }

        _workTurnedUp |= !wasLeasing && IsLeasing(book);
        WithdrawCopies(book, index, effects);
        FinishOnce(book, effects);
    }

    /// <summary>Stops others who still work on a point that has its result.</summary>
    private void WithdrawCopies(SweepBook book, long index, ICollection<SweepEffect> effects)
    {
        if (!book.IsLeased(index))
        {
            return;
        }

        foreach (var lease in _leases.Of(book).Where(lease => lease.Kind == LeaseKind.Work && lease.Open.ContainsKey(index)))
        {
            _leases.Close(lease, index);
            if (lease.Open.Count == 0)
            {
                Unanswer(lease);
            }

            effects.Add(new Withdraw(lease.Worker.Name, lease.Lease, [index]));
        }

        // There is room in their memory.
        _workTurnedUp = true;
    }

    private static void ForgetCheckpointOf(SweepBook book, long index, ICollection<SweepEffect> effects)
    {
        if (book.Checkpoints.Remove(index))
        {
            effects.Add(new ForgetCheckpoint(book.Name, index));
        }
    }

    private static PointRecord Renumbered(PointRecord record, long index) => record.Index == index ? record : record with { Index = index };
}
