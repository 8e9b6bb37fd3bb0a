using SparseProp.Engine;

namespace SparseProp.Results;

/// <summary>
/// Snapshots of points that run for long, so that another worker can go on with them: at most one complete one per point. The folder
/// is there only while it holds something. Methods may be called from several threads at once; there must be one object per folder.
/// </summary>
public sealed class CheckpointFolder
{
    /// <summary>Name in the folder of a store.</summary>
    internal const string Name = "checkpoints";

    private readonly Lock _gate = new();
    private readonly Dictionary<PointKey, Checkpoint> _complete = [];
    private readonly string _folder;
    private int _uploads;
    private long _uploadsBegun;

    /// <summary>
    /// Finds what is there, and removes what a crash has left: incomplete snapshots, and those that a later generation has replaced.
    /// Files with other names are left alone.
    /// </summary>
    /// <param name="storeFolder">Folder of the sweep's store.</param>
    /// <exception cref="StoreException">It cannot be read or tidied.</exception>
    internal CheckpointFolder(string storeFolder)
    {
        _folder = Path.Combine(storeFolder, Name);
        try
        {
            if (Directory.Exists(_folder))
            {
                Find();
                RemoveIfEmpty();
            }
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"The checkpoints in {_folder} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>All complete snapshots, in no order.</summary>
    public IReadOnlyList<(PointKey Key, Checkpoint Checkpoint)> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _complete.Select(pair => (pair.Key, pair.Value))];
            }
        }
    }

    /// <summary>Begins to receive a snapshot. It counts, and replaces earlier ones of the point, once it is complete.</summary>
    /// <param name="key">The point.</param>
    /// <param name="generation">Number of the snapshot, not negative; larger for later ones of the point.</param>
    /// <param name="length">How many bytes it has; room for them is taken at once where the file system can.</param>
    /// <exception cref="StoreException">There is no room, or the folder cannot be written.</exception>
    public CheckpointUpload Begin(PointKey key, long generation, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(generation);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        lock (_gate)
        {
            var file = new CheckpointFile(key, generation);
            try
            {
                StoreFolder.Make(_folder);
                var upload = new CheckpointUpload(this, file, file.UnfinishedPathIn(_folder, ++_uploadsBegun), length);
                _uploads++;
                return upload;
            }
            catch (Exception e) when (StoreException.IsFileSystem(e))
            {
                RemoveIfEmpty();
                throw NotWritten(file, e);
            }
        }
    }

    /// <summary>The point's complete snapshot; false where there is none.</summary>
    public bool TryFind(PointKey key, out Checkpoint checkpoint)
    {
        lock (_gate)
        {
            return _complete.TryGetValue(key, out checkpoint);
        }
    }

    /// <summary>Reads a part of a complete snapshot; returns how many bytes were read, 0 at its end.</summary>
    /// <exception cref="StoreException">There is none of this generation (any more), or it cannot be read.</exception>
    public int Read(PointKey key, long generation, long offset, Span<byte> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var path = new CheckpointFile(key, generation).PathIn(_folder);
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var read = 0;
            while (read < into.Length && RandomAccess.Read(handle, into[read..], offset + read) is > 0 and var more)
            {
                read += more;
            }

            return read;
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"The checkpoint {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Removes the point's snapshot, where there is one.</summary>
    /// <exception cref="StoreException">It is still there.</exception>
    public void Remove(PointKey key)
    {
        lock (_gate)
        {
            if (!_complete.TryGetValue(key, out var checkpoint))
            {
                return;
            }

            var path = new CheckpointFile(key, checkpoint.Generation).PathIn(_folder);
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (StoreException.IsFileSystem(e))
            {
                throw new StoreException($"The checkpoint {path} cannot be removed: {e.Message}", e);
            }

            _complete.Remove(key);
            RemoveIfEmpty();
        }
    }

    /// <summary>Makes the upload's file, which is flushed and closed, the point's snapshot.</summary>
    /// <exception cref="StoreException">It is not; those that were there are as before.</exception>
    internal void Accept(CheckpointFile file, string unfinished, long length)
    {
        lock (_gate)
        {
            var replaces = _complete.TryGetValue(file.Key, out var known);
            if (replaces && known.Generation > file.Generation)
            {
                // A later one came in meanwhile, which goes on from further on.
                return;
            }

            try
            {
                File.Move(unfinished, file.PathIn(_folder), overwrite: true);
                FolderSync.Flush(_folder);
            }
            catch (Exception e) when (StoreException.IsFileSystem(e))
            {
                throw NotWritten(file, e);
            }

            _complete[file.Key] = new Checkpoint(file.Generation, length);
            if (replaces && known.Generation < file.Generation)
            {
                DeleteReplaced(new CheckpointFile(file.Key, known.Generation).PathIn(_folder));
            }
        }
    }

    /// <summary>Takes note that an upload, complete or not, has left no file behind.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _uploads--;
            RemoveIfEmpty();
        }
    }

    internal StoreException NotWritten(CheckpointFile file, Exception cause) => new(
        $"The checkpoint {file.PathIn(_folder)} cannot be written: {cause.Message} Earlier checkpoints are as before; make room on the "
        + "disk for later ones.",
        cause);

    private void Find()
    {
        foreach (var path in Directory.GetFiles(_folder))
        {
            if (path.EndsWith(CheckpointFile.UnfinishedSuffix, StringComparison.Ordinal))
            {
                File.Delete(path);
            }
            else if (CheckpointFile.TryParse(Path.GetFileName(path), out var file))
            {
                Keep(file, new FileInfo(path).Length);
            }
        }
    }

    private void Keep(CheckpointFile file, long length)
    {
        if (_complete.TryGetValue(file.Key, out var other))
        {
            var older = new CheckpointFile(file.Key, Math.Min(file.Generation, other.Generation));
            File.Delete(older.PathIn(_folder));
        }

        if (file.Generation >= other.Generation)
        {
            _complete[file.Key] = new Checkpoint(file.Generation, length);
        }
    }

    private static void DeleteReplaced(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            // The new one is safe and is the one that counts; the next opening of the folder deletes this one.
        }
    }

    private void RemoveIfEmpty()
    {
        try
        {
            if (_uploads == 0 && _complete.Count == 0 && !Directory.EnumerateFileSystemEntries(_folder).Any())
            {
                Directory.Delete(_folder);
            }
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            // An empty folder does no harm.
        }
    }
}
