using SparseProp.Cluster.Protocol;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// A checkpoint on its way to the coordinator: at most <see cref="MostUnconfirmed"/> parts at once, in order; what is not confirmed
/// in time is sent again from where the coordinator holds it. Has no clock.
/// </summary>
/// <param name="first">The first part, without bytes: what all parts have in common.</param>
/// <param name="file">The checkpoint; the upload owns it.</param>
/// <param name="now">The time.</param>
internal sealed class CheckpointUpload(CheckpointPart first, FileStream file, TimeSpan now) : IDisposable
{
    /// <summary>Parts under way at once.</summary>
    public const int MostUnconfirmed = 4;

    private readonly long _length = file.Length;
    private long _confirmed;
    private long _next;
    private long _lastHeard;
    private TimeSpan _lastActivity = now;

    /// <summary>Whether there is nothing left to do: the coordinator keeps all of it, or wants none.</summary>
    public bool IsOver { get; private set; }

    public bool Is(string sweep, long index, long generation) =>
        (sweep, index, generation) == (first.Sweep, first.Index, first.Generation);

    /// <summary>The parts that may be sent now; they count as sent.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyList<CheckpointPart> TakeDue()
    {
        var due = new List<CheckpointPart>();
        while (!IsOver && _next < _length && _next < _confirmed + ((long)MostUnconfirmed * CheckpointPart.MostBytes))
        {
            var bytes = new byte[Math.Min(CheckpointPart.MostBytes, _length - _next)];
            file.Position = _next;
            file.ReadExactly(bytes);
            due.Add(first with { Offset = _next, Length = _length, Bytes = bytes });
            _next += bytes.Length;
        }

        return due;
    }

    /// <summary>The coordinator keeps the checkpoint up to an offset, or does not want it (−1).</summary>
    public void Confirm(long offset, TimeSpan now)
    {
        // A lower offset than before may be late, or from a successor that holds less: time will tell.
        _lastHeard = Math.Clamp(offset, 0, _length);
        IsOver = offset < 0 || offset >= _length;
        if (_lastHeard > _confirmed)
        {
            _confirmed = _lastHeard;
            _next = Math.Max(_next, _confirmed);
            _lastActivity = now;
        }
    }

    /// <summary>Goes back to what the coordinator was last heard to hold, if nothing has come of what was sent.</summary>
    public void RepeatSince(TimeSpan before, TimeSpan now)
    {
        if (_lastActivity < before)
        {
            (_confirmed, _next, _lastActivity) = (_lastHeard, _lastHeard, now);
        }
    }

    public void Dispose() => file.Dispose();
}
