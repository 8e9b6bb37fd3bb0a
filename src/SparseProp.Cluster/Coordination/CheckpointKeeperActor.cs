using Akka.Actor;
using Akka.Event;
using SparseProp.Cluster.Protocol;
using SparseProp.Engine;
using SparseProp.Results.Checkpoints;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Coordination;

/// <summary>
/// Keeps the checkpoints of one sweep's long points, and hands them out. Works in files, on a thread of its own, so that a large
/// checkpoint delays nobody's lease.
/// </summary>
internal sealed class CheckpointKeeperActor : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CheckpointFolder _folder;
    private readonly Func<long, PointKey> _keyOf;
    private readonly Dictionary<long, (string Worker, long Generation, CheckpointUpload Upload)> _uploads = [];

    /// <param name="folder">Where they are kept.</param>
    /// <param name="keyOf">The key of a point by its index.</param>
    public CheckpointKeeperActor(CheckpointFolder folder, Func<long, PointKey> keyOf)
    {
        _folder = folder;
        _keyOf = keyOf;
        Receive<CheckpointPart>(OnPart);
        Receive<FetchCheckpoint>(OnFetch);
        Receive<Forget>(OnForget);
    }

    public static Props PropsFor(CheckpointFolder folder, Func<long, PointKey> keyOf) =>
        Props.Create(() => new CheckpointKeeperActor(folder, keyOf)).WithDispatcher(FileThreads.Dispatcher);

    protected override void PostStop()
    {
        foreach (var (_, _, upload) in _uploads.Values)
        {
            upload.Dispose();
        }
    }

    private void OnPart(CheckpointPart part)
    {
        try
        {
            Sender.Tell(new CheckpointKept(part.Sweep, part.Index, part.Generation, Keep(part)));
        }
        catch (StoreException failure)
        {
            // The simulation goes on without; only time would be lost with it.
            _log.Warning("The checkpoint of point {Point} of {Sweep} is not kept: {Reason}", part.Index, part.Sweep, failure.Message);
            Drop(part.Index);
            Sender.Tell(new CheckpointKept(part.Sweep, part.Index, part.Generation, -1));
        }
    }

    /// <summary>Takes a part in.</summary>
    /// <returns>How far the checkpoint is kept; −1 where it is not wanted.</returns>
    private long Keep(CheckpointPart part)
    {
        var key = _keyOf(part.Index);
        if (_folder.TryFind(key, out var kept) && kept.Generation >= part.Generation)
        {
            return kept.Generation == part.Generation ? kept.Length : -1;
        }

        if (!_uploads.TryGetValue(part.Index, out var current)
            || current.Worker != part.Worker
            || current.Generation != part.Generation)
        {
            if (part.Offset != 0)
            {
                // The beginning was lost, or taken by a coordinator before this one.
                return 0;
            }

            Drop(part.Index);
            current = (part.Worker, part.Generation, _folder.Begin(key, part.Generation, part.Length));
            _uploads.Add(part.Index, current);
        }

        if (part.Offset > current.Upload.Written)
        {
            return current.Upload.Written;
        }

        current.Upload.Write(part.Offset, part.Bytes.Span);
        if (current.Upload.Written < part.Length)
        {
            // At its whole length it counts as safe, and it is not before it is complete.
            return current.Upload.Written;
        }

        current.Upload.Complete();
        Drop(part.Index);
        Context.Parent.Tell(new Saved(part.Sweep, part.Index, new CheckpointMark(part.Generation, part.Length)));
        return part.Length;
    }

    private void OnFetch(FetchCheckpoint fetch)
    {
        var key = _keyOf(fetch.Index);
        var part = new CheckpointPart(fetch.Worker, fetch.Sweep, fetch.Index, fetch.Generation, fetch.Offset, 0, ReadOnlyMemory<byte>.Empty);
        try
        {
            if (_folder.TryFind(key, out var kept) && kept.Generation == fetch.Generation && fetch.Offset >= 0)
            {
                var bytes = new byte[Math.Clamp(kept.Length - fetch.Offset, 0, CheckpointPart.MostBytes)];
                var read = _folder.Read(key, kept.Generation, fetch.Offset, bytes);
                part = part with { Length = kept.Length, Bytes = bytes.AsMemory(0, read) };
            }
        }
        catch (StoreException failure)
        {
            _log.Warning("The checkpoint of point {Point} of {Sweep} cannot be read: {Reason}", fetch.Index, fetch.Sweep, failure.Message);
        }

        Sender.Tell(part);
    }

    private void OnForget(Forget forget)
    {
        Drop(forget.Index);
        _folder.Remove(_keyOf(forget.Index));
    }

    private void Drop(long index)
    {
        if (_uploads.Remove(index, out var current))
        {
            current.Upload.Dispose();
        }
    }

    /// <summary>Asks to remove a point's checkpoints.</summary>
    internal sealed record Forget(long Index) : INoSerializationVerificationNeeded;

    /// <summary>Tells the coordinator of a complete checkpoint.</summary>
    internal sealed record Saved(string Sweep, long Index, CheckpointMark Checkpoint) : INoSerializationVerificationNeeded;
}
