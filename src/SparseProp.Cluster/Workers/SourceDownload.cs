using SparseProp.Cluster.Protocol;
using SparseProp.Results.Manifests;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// A sweep's source on its way from the coordinator: its bundle, then one after another the files that this names and that are not here yet.
/// Has no clock.
/// </summary>
/// <param name="worker">The worker's name.</param>
/// <param name="sweep">Name of the sweep.</param>
/// <param name="source">Hash of the bundle.</param>
/// <param name="isHere">Whether a file is here already, by its hash.</param>
/// <param name="newFile">Makes an empty file.</param>
/// <param name="now">The time.</param>
internal sealed class SourceDownload(
    string worker, string sweep, string source, Func<string, bool> isHere, Func<FileStream> newFile, TimeSpan now) : IDisposable
{
    // Those that are complete, by their hashes.
    private readonly Dictionary<string, FetchedFile> _files = [];
    private readonly Queue<DataFile> _missing = [];
    private string _hash = source;
    private FetchedFile? _file;

    // How long the bundle is, its first part tells.
    private OrderedParts? _parts;
    private TimeSpan _asked = now;
    private bool _isAsked;

    /// <summary>The bundle; null until it is here.</summary>
    public SourceBundle? Bundle { get; private set; }

    /// <summary>What to ask for now; it counts as asked.</summary>
    public IReadOnlyList<FetchFile> TakeDue()
    {
        if (_parts is null && !_isAsked)
        {
            _isAsked = true;
            return [new FetchFile(worker, sweep, _hash, 0)];
        }

        return [.. (_parts?.TakeDue() ?? []).Select(offset => new FetchFile(worker, sweep, _hash, offset))];
    }

    /// <summary>Takes the next part; one that is not next is dropped.</summary>
    /// <exception cref="InvalidDataException">What has come is not what was granted.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public DownloadState Accept(FilePart part, TimeSpan now)
    {
        if (part.Hash != _hash)
        {
            return DownloadState.Incomplete;
        }

        _parts ??= part.Length is > 0 and <= SourceBundle.MostBytes ? new OrderedParts(part.Length, now) : null;
        if (part.Length != _parts?.Length)
        {
            return DownloadState.Missing;
        }

        _file ??= new FetchedFile(newFile());
        if (_parts.Take(part.Offset, part.Bytes.Length, now))
        {
            _file.Write(part.Bytes.Span);
        }

        return _parts.IsComplete ? EndFile(now) : DownloadState.Incomplete;
    }

    /// <summary>Asks again for what was asked for and did not come.</summary>
    public void RepeatSince(TimeSpan before, TimeSpan now)
    {
        _parts?.RepeatSince(before, now);
        if (_parts is null && _asked < before)
        {
            (_isAsked, _asked) = (false, now);
        }
    }

    /// <summary>The files that have come, by their hashes; from now on the caller's.</summary>
    public IReadOnlyDictionary<string, FetchedFile> TakeFiles()
    {
        var files = new Dictionary<string, FetchedFile>(_files);
        _files.Clear();
        return files;
    }

    public void Dispose()
    {
        _file?.Dispose();
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }
    }

    private DownloadState EndFile(TimeSpan now)
    {
        var file = _file!;
        _file = null;
        if (!file.Has(_hash))
        {
            file.Dispose();
            throw new InvalidDataException("what the coordinator has sent is not what it has named");
        }

        if (Bundle is null)
        {
            using (file)
            {
                var bytes = new byte[file.Length];
                file.Open().ReadExactly(bytes);
                Bundle = SourceBundle.Read(bytes);
            }

            foreach (var named in Bundle.Files.DistinctBy(named => named.Sha256).Where(named => named.Bytes > 0 && !isHere(named.Sha256)))
            {
                _missing.Enqueue(named);
            }
        }
        else
        {
            _files.Add(_hash, file);
        }

        if (!_missing.TryDequeue(out var next))
        {
            return DownloadState.Complete;
        }

        (_hash, _parts) = (next.Sha256, new OrderedParts(next.Bytes, now));
        return DownloadState.Incomplete;
    }
}
