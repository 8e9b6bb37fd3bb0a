using System.Collections.Concurrent;
using SparseProp.Client.Documents;

namespace SparseProp.Service.Dashboard;

/// <summary>How fast sweeps go, by what was seen of them within the last minute.</summary>
internal sealed class SweepPaces(TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Queue<Seen>> _seen = new();

    /// <summary>Forgets all others.</summary>
    public void Keep(IEnumerable<string> sweeps)
    {
        foreach (var gone in _seen.Keys.Except(sweeps))
        {
            _seen.TryRemove(gone, out _);
        }
    }

    /// <summary>Notes how far a sweep is.</summary>
    /// <returns>Points per second, and what is left at that pace; null while too little is known.</returns>
    public (double PointsPerSecond, TimeSpan? Left)? Note(SweepDocument sweep)
    {
        var now = clock.GetUtcNow();
        var seen = _seen.GetOrAdd(sweep.Name, _ => new Queue<Seen>());
        lock (seen)
        {
            while (seen.TryPeek(out var old) && (now - old.At > Window || old.Recorded > sweep.Recorded || old.SpecHash != sweep.SpecHash))
            {
                seen.Dequeue();
            }

            seen.Enqueue(new Seen(now, sweep.Recorded, sweep.WorkDone, sweep.SpecHash));
            var first = seen.Peek();
            var elapsed = now - first.At;
            if (sweep.State != SweepStates.Running || elapsed < Least)
            {
                return null;
            }

            var work = (sweep.WorkDone - first.WorkDone) / elapsed.TotalSeconds;
            return (
                (sweep.Recorded - first.Recorded) / elapsed.TotalSeconds,
                work > 0 && (1 - sweep.WorkDone) / work is var left and < 1e9 ? TimeSpan.FromSeconds(left) : null);
        }
    }

    private sealed record Seen(DateTimeOffset At, long Recorded, double WorkDone, string SpecHash);
}
