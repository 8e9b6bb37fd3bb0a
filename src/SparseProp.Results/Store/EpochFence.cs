using SparseProp.Results.Manifests;

namespace SparseProp.Results.Store;

/// <summary>
/// Notices that another writer has opened the store meanwhile. The lock prevents that where the file system has locks; some
/// network file systems only pretend to. Costs one look at the manifest's time stamp per write. It may come too late by one write, which
/// goes to a file that the other writer does not use (<see cref="FileBounds"/>).
/// </summary>
internal sealed class EpochFence
{
    private readonly string _folder;
    private readonly long _epoch;
    private (DateTime Written, long Length)? _seen;

    public EpochFence(string folder, long epoch)
    {
        _folder = folder;
        _epoch = epoch;
    }

    /// <exception cref="StoreException">The store is another writer's now, or its manifest is gone.</exception>
    public void Check()
    {
        var now = Look();
        if (now == _seen)
        {
            return;
        }

        var manifest = ManifestFile.Read(_folder)
            ?? throw new StoreException($"The manifest of the store {_folder} has disappeared while the store was open for writing.");
        if (manifest.Epoch != _epoch)
        {
            throw new StoreException(
                $"The store {_folder} has been opened by another writer (epoch {manifest.Epoch}, this is epoch {_epoch}): "
                + "its file system seems to have no locks. This writer stops.");
        }

        _seen = now;
    }

    private (DateTime Written, long Length) Look()
    {
        var file = new FileInfo(ManifestFile.PathIn(_folder));
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }
}
