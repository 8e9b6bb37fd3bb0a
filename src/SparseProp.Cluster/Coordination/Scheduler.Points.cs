using SparseProp.Results;
using static SparseProp.Cluster.Coordination.SweepEffect;
using static SparseProp.Cluster.Coordination.SweepEvent;

namespace SparseProp.Cluster.Coordination;

/// <content>Points: what comes of them.</content>
internal sealed partial class Scheduler
{
    private void OnPointReported(PointReported reported, ICollection<SweepEffect> effects)
    {
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

        var source = Close(reported, book);
        if (reported.Record.Failure is { } failure)
        {
            OnFailureReported(book, index, failure, reported, source, effects);
            return;
        }

        if (reported.Record.Cost is { } cost)
        {
            book.Work.Learn(index, cost.WallSeconds);
            book.IsMeasured = true;
        }

        if (!book.Recorded.Contains(index))
        {
            book.Recording.Add(index);
        }

        effects.Add(new Record(book.Name, Renumbered(reported.Record, index), source));
    }

    private ReportSource Close(PointReported reported, SweepBook book)
    {
        // The worker counts as it did when it was given the lease; a changed sweep file may count otherwise.
        var verifies = false;
        if (_leases.Find(reported.Lease) is { } lease && lease.Sweep == book && _leases.Close(lease, reported.Record.Index))
        {
            _workTurnedUp |= lease.Worker.IsIdle;
            verifies = lease.Kind == LeaseKind.Verification;
        }

        return new ReportSource(reported.Worker, reported.Lease, reported.Record.Index, verifies);
    }

    private void OnFailureReported(
        SweepBook book,
        long index,
        PointFailure failure,
        PointReported reported,
        ReportSource source,
        ICollection<SweepEffect> effects)
    {
        if (!book.IsOpen(index))
        {
            OnVerificationFailed(book, index, failure, source, effects);
            effects.Add(new Acknowledge(source));
            return;
        }

        // A repeated report is no new attempt.
        var known = book.Attempts.GetValueOrDefault(index);
        if (failure.Attempts <= known)
        {
            effects.Add(new Acknowledge(source));
            return;
        }

        book.Attempts[index] = failure.Attempts;
        ForgetCheckpointOf(book, index, effects);
        if (failure.Attempts < options.MostAttempts)
        {
            if (book.CopiesOf(index) == 0)
            {
                book.Waiting.Add(index);
                _workTurnedUp = true;
            }

            effects.Add(new Acknowledge(source));
            effects.Add(new Announce(book.Name, new SweepNotice.PointRetried(index, failure.Attempts, failure.Message)));
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
        if (book.Settle(index, recorded.Failed))
        {
            ForgetCheckpointOf(book, index, effects);
            if (!recorded.Failed)
            {
                book.Verification.OnRecorded(index, recorded.Source?.Worker);
                _workTurnedUp = true;
            }
        }
        else if (recorded.Source is { Verifies: true })
        {
            book.Verification.Settle(index);
        }

        if (recorded.Outcome == RecordOutcome.Divergent)
        {
            book.Divergent++;
            effects.Add(new Announce(book.Name, new SweepNotice.PointDiverged(index, recorded.Source?.Worker ?? "unknown")));
        }

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
