using SparseProp.Cluster.Protocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>How a download stands.</summary>
internal enum DownloadState
{
    /// <summary>Parts are missing.</summary>
    Incomplete,

    /// <summary>All parts are there.</summary>
    Complete,

    /// <summary>The coordinator does not have what was granted.</summary>
    Missing,
}

/// <summary>A checkpoint on its way from the coordinator, by <see cref="OrderedParts"/>. Has no clock.</summary>
/// <param name="worker">The worker's name.</param>
/// <param name="assignment">The point.</param>
/// <param name="file">An empty file; the download owns it until <see cref="TakeFile"/>.</param>
/// <param name="now">The time.</param>
internal sealed class CheckpointDownload(string worker, Assignment assignment, FileStream file, TimeSpan now) : IDisposable
{
    private readonly OrderedParts _parts = new(assignment.CheckpointBytes, now);
    private FileStream? _file = file;

    public bool Is(CheckpointPart part) =>
        (part.Sweep, part.Index, part.Generation) == (assignment.Sweep, assignment.Index, assignment.CheckpointGeneration);

    /// <summary>What to ask for now; it counts as asked.</summary>
    public IReadOnlyList<FetchCheckpoint> TakeDue() =>
        [.. _parts.TakeDue().Select(offset => new FetchCheckpoint(worker, assignment.Sweep, assignment.Index, assignment.CheckpointGeneration, offset))];

    /// <summary>Takes the next part; one that is not next is dropped.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public DownloadState Accept(CheckpointPart part, TimeSpan now)
    {
        if (part.Length != assignment.CheckpointBytes || part.Offset + part.Bytes.Length > part.Length)
        {
            return DownloadState.Missing;
        }

        if (_file is not null && _parts.Take(part.Offset, part.Bytes.Length, now))
        {
            _file.Write(part.Bytes.Span);
        }

        return _parts.IsComplete ? DownloadState.Complete : DownloadState.Incomplete;
    }

    /// <inheritdoc cref="OrderedParts.RepeatSince"/>
    public void RepeatSince(TimeSpan before, TimeSpan now) => _parts.RepeatSince(before, now);

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
