using SparseProp.Execution.Replicates;

namespace SparseProp.Cluster.Coordination;

/// <summary>
/// A sample of a sweep's points that are run a second time, on another worker where there is one, to see that the spikes are the same.
/// The sample is drawn by index: it is the same after a restart of the coordinator, which verifies it anew.
/// </summary>
/// <param name="share">The share of the points that is drawn, from 0 to 1.</param>
/// <param name="points">Points of the sweep.</param>
/// <param name="hasResult">Whether a point has a result on disk; one recorded as failed has none.</param>
internal sealed class Verification(double share, long points, Func<long, bool> hasResult)
{
    // Beyond so many, verifying goes before new points: what is due must not pile up in memory.
    private const int MostDue = 1000;

    private readonly LinkedList<(long Index, string? First)> _due = new();
    private readonly PointSet _seen = new(share > 0 ? points : 0);
    private readonly Dictionary<long, string?> _outstanding = [];
    private long _cursor;

    /// <summary>Whether verifying should go before new points.</summary>
    public bool IsPressing => _due.Count > MostDue;

    /// <summary>Whether every recorded point of the sample was verified. Only then is a sweep complete.</summary>
    public bool IsComplete() => !IsAsked || (_due.Count == 0 && _outstanding.Count == 0 && !FindRecordedEarlier());

    /// <summary>Whether any point is verified.</summary>
    public bool IsAsked => share > 0;

    /// <summary>Points that were run again and gave an answer.</summary>
    public long Verified { get; private set; }

    /// <summary>Notes the first result of a point.</summary>
    /// <param name="index">The point.</param>
    /// <param name="worker">Who got it; another shall verify it.</param>
    /// <returns>Whether the point is to be verified.</returns>
    public bool OnRecorded(long index, string? worker)
    {
        if (!IsSampled(index) || !_seen.Add(index))
        {
            return false;
        }

        _due.AddLast((index, worker));
        return true;
    }

    /// <summary>Takes a point that this worker may verify.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="hasOther">Whether another worker could run the point; where none can, one has to verify its own.</param>
    /// <param name="allowed">Whether this worker can run the point.</param>
    /// <param name="index">The point.</param>
    public bool TryTake(string worker, Func<long, bool> hasOther, Func<long, bool> allowed, out long index)
    {
        if (IsAsked && _due.Count == 0)
        {
            FindRecordedEarlier();
        }

        for (var node = _due.First; node is not null; node = node.Next)
        {
            index = node.Value.Index;
            if (allowed(index) && (node.Value.First != worker || !hasOther(index)))
            {
                _due.Remove(node);
                _outstanding.Add(index, node.Value.First);
                return true;
            }
        }

        index = -1;
        return false;
    }

    /// <summary>A point that was to be verified comes back without an answer.</summary>
    /// <param name="index">The point.</param>
    /// <param name="again">Whether it shall be tried once more.</param>
    public void GiveBack(long index, bool again = true)
    {
        if (_outstanding.Remove(index, out var first) && again)
        {
            _due.AddLast((index, first));
        }
    }

    /// <summary>A second answer has come, whatever it is.</summary>
    /// <returns>Whether it had been asked for.</returns>
    public bool Settle(long index)
    {
        if (!_outstanding.Remove(index))
        {
            return false;
        }

        Verified++;
        return true;
    }

    /// <summary>Stays without a second answer for the first point due that can run nowhere.</summary>
    public bool TryAbandon(Func<long, bool> runsNowhere, out long index)
    {
        for (var node = _due.First; node is not null; node = node.Next)
        {
            index = node.Value.Index;
            if (runsNowhere(index))
            {
                _due.Remove(node);
                return true;
            }
        }

        index = -1;
        return false;
    }

    /// <summary>Looks for a point of the sample that was recorded before this coordinator began.</summary>
    private bool FindRecordedEarlier()
    {
        for (; _cursor < points; _cursor++)
        {
            if (IsSampled(_cursor) && hasResult(_cursor) && _seen.Add(_cursor))
            {
                _due.AddLast((_cursor++, null));
                return true;
            }
        }

        return false;
    }

    // SplitMix64's finaliser: neighbouring indices are drawn independently.
    private bool IsSampled(long index)
    {
        if (!IsAsked)
        {
            return false;
        }

        var mixed = unchecked((ulong)index + 0x9E3779B97F4A7C15UL);
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL);
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53)) < share;
    }
}
