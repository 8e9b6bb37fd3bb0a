using SparseProp.Cluster.Protocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>How a <see cref="CheckpointDownload"/> stands.</summary>
internal enum DownloadState
{
    /// <summary>Parts are missing.</summary>
    Incomplete,

    /// <summary>All parts are there.</summary>
    Complete,

    /// <summary>The coordinator does not have what was granted.</summary>
    Missing,
}

/// <summary>
/// A checkpoint on its way from the coordinator: at most <see cref="MostOutstanding"/> parts are asked for at once, and written in
/// order; others are asked for again. Has no clock.
/// </summary>
/// <param name="worker">The worker's name.</param>
/// <param name="assignment">The point.</param>
/// <param name="file">An empty file; the download owns it until <see cref="TakeFile"/>.</param>
/// <param name="now">The time.</param>
internal sealed class CheckpointDownload(string worker, Assignment assignment, FileStream file, TimeSpan now) : IDisposable
{
    /// <summary>Parts asked for at once.</summary>
    public const int MostOutstanding = 4;

    private FileStream? _file = file;
    private long _received;
    private long _next;
    private TimeSpan _lastActivity = now;

    public bool Is(CheckpointPart part) =>
        (part.Sweep, part.Index, part.Generation) == (assignment.Sweep, assignment.Index, assignment.CheckpointGeneration);

    /// <summary>What to ask for now; it counts as asked.</summary>
    public IReadOnlyList<FetchCheckpoint> TakeDue()
    {
        var due = new List<FetchCheckpoint>();
        while (_next < assignment.CheckpointBytes && _next < _received + ((long)MostOutstanding * CheckpointPart.MostBytes))
        {
            due.Add(new FetchCheckpoint(worker, assignment.Sweep, assignment.Index, assignment.CheckpointGeneration, _next));
            _next += CheckpointPart.MostBytes;
        }

        return due;
    }

    /// <summary>Takes the next part; one that is not next is dropped.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public DownloadState Accept(CheckpointPart part, TimeSpan now)
    {
        if (part.Length != assignment.CheckpointBytes || part.Offset + part.Bytes.Length > part.Length)
        {
            return DownloadState.Missing;
        }

        if (_file is not null && part.Offset == _received && part.Bytes.Length > 0)
        {
            _file.Write(part.Bytes.Span);
            _received += part.Bytes.Length;
            _next = Math.Max(_next, _received);
            _lastActivity = now;
        }

        return _received == assignment.CheckpointBytes ? DownloadState.Complete : DownloadState.Incomplete;
    }

    /// <summary>Asks again for what was asked for and did not come.</summary>
    public void RepeatSince(TimeSpan before, TimeSpan now)
    {
        if (_lastActivity < before)
        {
            (_next, _lastActivity) = (_received, now);
        }
    }

    /// <summary>The file, at its beginning; from now on the caller's.</summary>
    public FileStream TakeFile()
    {
        var complete = _file ?? throw new InvalidOperationException("The file was taken already.");
        _file = null;
        complete.Position = 0;
        return complete;
    }

    public void Dispose() => _file?.Dispose();
}
