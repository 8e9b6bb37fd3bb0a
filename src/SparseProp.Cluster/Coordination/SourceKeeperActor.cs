using Akka.Actor;
using Akka.Event;
using SparseProp.Cluster.Protocol;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Coordination;

/// <summary>
/// Hands out what workers need to make the points of one sweep over a network of one's own. Works in files, on a thread of its own, so that
/// a large file delays nobody's lease. Only what the sweep names is handed out.
/// </summary>
internal sealed class SourceKeeperActor : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SweepSource _source;

    public SourceKeeperActor(SweepSource source)
    {
        _source = source;
        Receive<FetchFile>(OnFetch);
    }

    public static Props PropsFor(SweepSource source) =>
        Props.Create(() => new SourceKeeperActor(source)).WithDispatcher(FileThreads.Dispatcher);

    private void OnFetch(FetchFile fetch)
    {
        var part = new FilePart(fetch.Hash, fetch.Offset, 0, ReadOnlyMemory<byte>.Empty);
        try
        {
            if (fetch.Offset >= 0 && _source.LengthOf(fetch.Hash) is > 0 and var length)
            {
                var bytes = new byte[Math.Clamp(length - fetch.Offset, 0, CheckpointPart.MostBytes)];
                var read = _source.Read(fetch.Hash, fetch.Offset, bytes);
                part = part with { Length = length, Bytes = bytes.AsMemory(0, read) };
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _log.Warning("A file of {Sweep} cannot be read for {Worker}: {Reason}", fetch.Sweep, fetch.Worker, failure.Message);
        }

        Sender.Tell(part);
    }
}

/// <summary>What workers may ask of one sweep: its bundle, and the files that this names.</summary>
internal sealed class SweepSource
{
    private readonly byte[] _bundle;
    private readonly Dictionary<string, long> _lengths;
    private readonly FileArchive _archive;

    private SweepSource(SourceBundle bundle, FileArchive archive)
    {
        _bundle = bundle.ToBytes();
        _archive = archive;
        _lengths = bundle.Files.DistinctBy(file => file.Sha256).ToDictionary(file => file.Sha256, file => file.Bytes);
        Hash = SourceBundle.HashOf(_bundle);
    }

    /// <summary>The source of a sweep; null where its network is the published one.</summary>
    /// <exception cref="StoreException">It names too many files, or too large ones.</exception>
    public static SweepSource? Of(SweepRun run) =>
        run.Spec.Network is null ? null : new SweepSource(SourceBundle.Of(run.Spec), FileArchive.Of(run.Store.Folder));

    /// <summary>SHA-256 of the bundle.</summary>
    public string Hash { get; }

    /// <summary>Bytes of the bundle or a file; −1 for what is neither.</summary>
    public long LengthOf(string hash) => hash == Hash ? _bundle.Length : _lengths.GetValueOrDefault(hash, -1);

    /// <summary>Reads a part of the bundle or a file.</summary>
    /// <returns>How many bytes were read.</returns>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public int Read(string hash, long offset, Span<byte> buffer)
    {
        if (hash != Hash)
        {
            return _archive.Read(hash, offset, buffer);
        }

        var part = _bundle.AsSpan((int)Math.Min(offset, _bundle.Length));
        part = part[..Math.Min(part.Length, buffer.Length)];
        part.CopyTo(buffer);
        return part.Length;
    }
}
