using SparseProp.Cluster.Protocol;
using SparseProp.Execution.Points;
using SparseProp.Results.Manifests;
using SparseProp.Sweeps;
using SparseProp.Sweeps.Networks;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// The sources of sweeps over networks of one's own that a worker has, fetches and reads. Reading takes a thread of the pool; all else is done on
/// the caller's. For use by one thread at a time.
/// </summary>
/// <param name="worker">The worker's name.</param>
/// <param name="scratchFolder">Where files lie.</param>
/// <param name="onRead">Is called on some thread when a source was read, or could not be.</param>
internal sealed class SourceShelf(string worker, string scratchFolder, Action onRead) : IDisposable
{
    /// <summary>Sources that are kept though no point needs them, for the next lease of the same sweep.</summary>
    public const int MostIdle = 4;

    /// <summary>Bytes of their files.</summary>
    public const long MostIdleBytes = 4L << 30;

    /// <summary>How long a source that could not be had is not fetched again.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, Source> _sources = [];
    private readonly Dictionary<string, FetchedFile> _files = [];

    /// <summary>The plan that a source describes, if it is here.</summary>
    public SweepPlan? Find(string source) => _sources.GetValueOrDefault(source)?.Plan;

    /// <summary>Begins to fetch a source, unless it is here, under way, or could not be had a moment ago.</summary>
    public void Want(string source, string sweep, TimeSpan now)
    {
        if (!_sources.TryGetValue(source, out var known) || (known.FailedAt is { } failed && now >= failed + RetryInterval))
        {
            var download = new SourceDownload(worker, sweep, source, _files.ContainsKey, () => ScratchFile.Create(scratchFolder), now);
            _sources[source] = new Source { LastWanted = now, Download = download };
        }
    }

    /// <summary>What to ask the coordinator for now; it counts as asked.</summary>
    public IReadOnlyList<FetchFile> TakeDue() => [.. _sources.Values.SelectMany(source => source.Download?.TakeDue() ?? [])];

    /// <summary>Asks again for what was asked for and did not come.</summary>
    public void RepeatSince(TimeSpan before, TimeSpan now)
    {
        foreach (var source in _sources.Values)
        {
            source.Download?.RepeatSince(before, now);
        }
    }

    /// <summary>Takes a part of a source.</summary>
    public void Accept(FilePart part, TimeSpan now)
    {
        foreach (var source in _sources.Values.Where(source => source.Download is not null))
        {
            try
            {
                switch (source.Download!.Accept(part, now))
                {
                    case DownloadState.Missing:
                        Fail(source, "the coordinator does not have what the lease names");
                        break;
                    case DownloadState.Complete:
                        Read(source);
                        break;
                    default:
                        break;
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                Fail(source, error.Message);
            }
        }

        void Fail(Source source, string reason)
        {
            source.Reason = reason;
            source.FailedAt = now;
            source.EndDownload();
        }
    }

    /// <summary>Sources that were read, or could not be had, since this was asked last; with the plan, or the reason.</summary>
    public IReadOnlyList<(string Source, SweepPlan? Plan, string? Reason)> TakeEnded(TimeSpan now)
    {
        var ended = new List<(string, SweepPlan?, string?)>();
        foreach (var (hash, source) in _sources)
        {
            if (source.Reading is { IsCompleted: true } reading)
            {
                source.Reading = null;
                source.Plan = reading.IsCompletedSuccessfully ? reading.Result : null;
                source.Reason = reading.Exception?.InnerException!.Message;
                source.FailedAt = source.Plan is null ? now : null;
            }

            if (!source.IsTold && (source.Plan is not null || source.Reason is not null))
            {
                source.IsTold = true;
                ended.Add((hash, source.Plan, source.Reason));
            }
        }

        return ended;
    }

    /// <summary>Drops what is not needed: downloads that nobody waits for, and of other sources those that were wanted least lately.</summary>
    /// <param name="wanted">Sources that a lease needs.</param>
    /// <param name="now">The time.</param>
    public void Tidy(IReadOnlySet<string> wanted, TimeSpan now)
    {
        foreach (var (hash, source) in _sources)
        {
            source.LastWanted = wanted.Contains(hash) ? now : source.LastWanted;
        }

        var (kept, bytes) = (0, 0L);
        var idle = _sources.Where(entry => !wanted.Contains(entry.Key) && entry.Value.Reading is null).OrderByDescending(entry => entry.Value.LastWanted).ToList();
        foreach (var (hash, source) in idle)
        {
            bytes += source.Bytes;
            if (source.Plan is null || ++kept > MostIdle || bytes > MostIdleBytes)
            {
                source.EndDownload();
                _sources.Remove(hash);
            }
        }

        DropFiles();
    }

    public void Dispose()
    {
        foreach (var source in _sources.Values)
        {
            source.EndDownload();
        }

        // What is still being read keeps its handle until that ends.
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }

        _files.Clear();
        _sources.Clear();
    }

    private void Read(Source source)
    {
        var bundle = source.Download!.Bundle!;
        foreach (var (hash, file) in source.Download.TakeFiles())
        {
            if (!_files.TryAdd(hash, file))
            {
                file.Dispose();
            }
        }

        source.EndDownload();
        source.Hashes = [.. bundle.Files.Select(file => file.Sha256)];
        source.Bytes = bundle.Files.Sum(file => file.Bytes);
        var files = NetworkFiles.Of(bundle.Files.DistinctBy(file => file.Name).ToDictionary(file => file.Name, file => OpenerOf(file)));
        source.Reading = Task.Run(() => new SweepPlan(SweepFile.ParseStored(bundle.Text, $"{bundle.Sweep}.yaml", files)));
        source.Reading.ContinueWith(_ => onRead(), TaskScheduler.Default);
    }

    // Empty files are not sent.
    private Func<Stream> OpenerOf(DataFile named)
    {
        var file = _files.GetValueOrDefault(named.Sha256);
        return () => file?.Open() ?? (named.Bytes == 0 ? Stream.Null : throw new FileNotFoundException($"{named.Name} has not come"));
    }

    private void DropFiles()
    {
        var needed = _sources.Values.SelectMany(source => source.Hashes).ToHashSet();
        if (_sources.Values.Any(source => source.Download is not null))
        {
            // It may count on any of them.
            return;
        }

        foreach (var hash in _files.Keys.Where(hash => !needed.Contains(hash)).ToList())
        {
            _files.Remove(hash, out var file);
            file!.Dispose();
        }
    }

    private sealed class Source
    {
        public SourceDownload? Download { get; set; }

        public Task<SweepPlan>? Reading { get; set; }

        public SweepPlan? Plan { get; set; }

        public string? Reason { get; set; }

        public TimeSpan? FailedAt { get; set; }

        public bool IsTold { get; set; }

        public TimeSpan LastWanted { get; set; }

        public long Bytes { get; set; }

        public IReadOnlyList<string> Hashes { get; set; } = [];

        public void EndDownload()
        {
            Download?.Dispose();
            Download = null;
        }
    }
}
