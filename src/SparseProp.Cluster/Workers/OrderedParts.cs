using SparseProp.Cluster.Protocol;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// Which parts of something are on their way from the coordinator: at most <see cref="MostOutstanding"/> are asked for at once, and taken in
/// order; what does not come is asked for again. Has no clock.
/// </summary>
/// <param name="length">Bytes of the whole.</param>
/// <param name="now">The time.</param>
internal sealed class OrderedParts(long length, TimeSpan now)
{
    /// <summary>Parts asked for at once.</summary>
    public const int MostOutstanding = 4;

    private long _received;
    private long _next;
    private TimeSpan _lastActivity = now;

    public long Length => length;

    public bool IsComplete => _received == length;

    /// <summary>Offsets of the parts to ask for now; they count as asked for.</summary>
    public IReadOnlyList<long> TakeDue()
    {
        var due = new List<long>();
        while (_next < length && _next < _received + ((long)MostOutstanding * CheckpointPart.MostBytes))
        {
            due.Add(_next);
            _next += CheckpointPart.MostBytes;
        }

        return due;
    }

    /// <summary>Whether that is the next part, which then counts as received.</summary>
    public bool Take(long offset, int bytes, TimeSpan now)
    {
        if (offset != _received || bytes <= 0 || bytes > length - offset)
        {
            return false;
        }

        _received += bytes;
        _next = Math.Max(_next, _received);
        _lastActivity = now;
        return true;
    }

    /// <summary>Asks again for what was asked for and did not come.</summary>
    public void RepeatSince(TimeSpan before, TimeSpan now)
    {
        if (_lastActivity < before)
        {
            (_next, _lastActivity) = (_received, now);
        }
    }
}
