using static SparseProp.Cluster.Coordination.SweepEffect;
using static SparseProp.Cluster.Coordination.SweepEvent;

namespace SparseProp.Cluster.Coordination;

/// <content>Sweeps: that they come, wait, go on and end.</content>
internal sealed partial class Scheduler
{
    private void OnSweepsLoaded(SweepsLoaded loaded)
    {
        // Where no sweep was under way, no worker holds a point of one.
        _loaded = loaded.At;
        _leasesFrom = _sweeps.Count > 0 ? loaded.At + options.AdoptionTime : loaded.At;
        _workTurnedUp = true;
    }

    private void OnSweepAdded(SweepAdded added, ICollection<SweepEffect> effects)
    {
        var book = new SweepBook(added.Sweep, added.Work, added.Start, options.Order, ++_arrivals);
        if (!_sweeps.TryAdd(added.Sweep, book))
        {
            throw new InvalidOperationException($"The sweep {added.Sweep} is under way already.");
        }

        book.GrantedSeconds = LeastGranted(book);
        _workTurnedUp = true;
        FinishOnce(book, effects);
    }

    private void Resume(SweepBook book)
    {
        (book.IsPaused, book.IsCancelled) = (false, false);

        // What it missed meanwhile it does not get back: the others would have to wait for all of it.
        book.GrantedSeconds = Math.Max(book.GrantedSeconds, LeastGranted(book));
    }

    private double LeastGranted(SweepBook newcomer) =>
        ActiveSweeps().Where(book => book != newcomer).Select(book => book.GrantedSeconds).DefaultIfEmpty().Min();

    private void OnSweepCancelled(SweepCancelled cancelled, ICollection<SweepEffect> effects)
    {
        if (Find(cancelled.Sweep) is { } book)
        {
            book.IsCancelled = true;
            WithdrawAll(book, effects);
        }
    }

    private void OnPointsReopened(PointsReopened reopened) => Change(reopened.Sweep, book =>
    {
        foreach (var index in reopened.Points.Where(book.Reopen))
        {
            book.Waiting.Add(index);
        }
    });

    private void OnSweepRemoved(SweepRemoved removed, ICollection<SweepEffect> effects)
    {
        if (_sweeps.Remove(removed.Sweep, out var book))
        {
            WithdrawAll(book, effects);
            if (_reservation?.Sweep == book)
            {
                _reservation = null;
            }
        }
    }

    private void WithdrawAll(SweepBook book, ICollection<SweepEffect> effects)
    {
        foreach (var lease in _leases.Of(book))
        {
            var open = _leases.Remove(lease);
            Unanswer(lease);
            effects.Add(new Withdraw(lease.Worker.Name, lease.Lease, open));
            GiveBack(lease, open);
        }
    }

    private void Change(string sweep, Action<SweepBook> change)
    {
        if (Find(sweep) is { } book)
        {
            change(book);
            _workTurnedUp = true;
        }
    }

    private static void FinishOnce(SweepBook book, ICollection<SweepEffect> effects)
    {
        if (!book.IsFinished && book.IsComplete)
        {
            book.IsFinished = true;
            effects.Add(new Finish(book.Name));
        }
    }
}
