using SparseProp.Engine;
using SparseProp.Results.Store;

namespace SparseProp.Results.Checkpoints;

/// <summary>
/// Snapshots of points that run for long, so that another worker can go on with them: at most one complete one per point. The folder
/// is there only while it holds something. Files bear the name of their owner: what another one still writes or removes that has lost the
/// folder is not read, and touches nothing of its successor. Methods may be called from several threads at once; there must be one object per folder.
/// </summary>
public sealed class CheckpointFolder
{
    /// <summary>Name in the folder of a store.</summary>
    internal const string Name = "checkpoints";

    private readonly Lock _gate = new();
    private readonly Dictionary<PointKey, Checkpoint> _complete = [];
    private readonly string _folder;
    private readonly string _owner;
    private int _uploads;
    private long _uploadsBegun;

    /// <summary>
    /// Takes over what is there, whoever has written it, and removes what a crash has left: incomplete snapshots, and those that a later
    /// generation has replaced. Files with other names are left alone.
    /// </summary>
    /// <param name="storeFolder">Folder of the sweep's store.</param>
    /// <param name="owner">Letters and digits that nobody has who owned it before.</param>
    /// <exception cref="StoreException">It cannot be read or tidied.</exception>
    internal CheckpointFolder(string storeFolder, string owner)
    {
        _owner = owner;
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
            var file = FileOf(key, generation);
            try
            {
                NewFolder.Make(_folder);
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
        var path = FileOf(key, generation).PathIn(_folder);
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

            var path = FileOf(key, checkpoint.Generation).PathIn(_folder);
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
                DeleteReplaced(FileOf(file.Key, known.Generation).PathIn(_folder));
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

    private CheckpointFile FileOf(PointKey key, long generation) => new(key, generation, _owner);

    private void Find()
    {
        List<CheckpointFile> found = [];
        foreach (var path in Directory.GetFiles(_folder))
        {
            if (path.EndsWith(CheckpointFile.UnfinishedSuffix, StringComparison.Ordinal))
            {
                File.Delete(path);
            }
            else if (CheckpointFile.TryParse(Path.GetFileName(path), out var file))
            {
                found.Add(file);
            }
        }

        foreach (var ofPoint in found.GroupBy(file => file.Key))
        {
            TakeOver([.. ofPoint.OrderByDescending(file => file.Generation).ThenByDescending(file => file.Owner == _owner)]);
        }
    }

    /// <summary>Makes the first of a point's files this owner's, and removes the others.</summary>
    private void TakeOver(IReadOnlyList<CheckpointFile> files)
    {
        var best = FileOf(files[0].Key, files[0].Generation);
        if (best != files[0])
        {
            File.Move(files[0].PathIn(_folder), best.PathIn(_folder), overwrite: true);
        }

        _complete[best.Key] = new Checkpoint(best.Generation, new FileInfo(best.PathIn(_folder)).Length);
        foreach (var other in files.Skip(1).Where(file => file != best))
        {
            File.Delete(other.PathIn(_folder));
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
