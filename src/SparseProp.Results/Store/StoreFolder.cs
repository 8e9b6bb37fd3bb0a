using SparseProp.Results.Checkpoints;
using SparseProp.Results.Index;
using SparseProp.Results.Manifests;
using SparseProp.Results.Root;

namespace SparseProp.Results.Store;

/// <summary>Tells folders that are stores, or may become one, from all others.</summary>
internal static class StoreFolder
{
    // What is there ahead of the manifest: a coordinator's settings, and what a crash leaves behind.
    private static readonly string[] AheadOfManifest =
    [
        StoreLock.OfStore.LockName, StoreLock.OfStore.OwnerName, ManifestFile.UnfinishedName,
        SweepSettingsFile.Name, SweepSettingsFile.UnfinishedName, CheckpointFolder.Name, FileArchive.Name,
    ];

    /// <summary>Makes the folder where there is none, and refuses one that holds anything but a store.</summary>
    /// <exception cref="StoreException">It cannot be made, or is no store.</exception>
    public static void Prepare(string folder)
    {
        try
        {
            NewFolder.Make(folder);
            RequireStoreOrEmpty(folder);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw NotWritable(folder, e);
        }
    }

    public static StoreException NotWritable(string folder, Exception cause) => new(
        $"The store {folder} cannot be written: {cause.Message} Choose a folder that this user may write to, "
        + "change its permissions, or make room on its disk.",
        cause);

    /// <exception cref="StoreException">The folder holds anything but a store.</exception>
    public static void RequireStoreOrEmpty(string folder)
    {
        if (File.Exists(ManifestFile.PathIn(folder)))
        {
            return;
        }

        if (ResultsFile.All(folder) is [var first, ..])
        {
            throw new StoreException(
                $"{folder} has results ({Path.GetFileName(first.Path)}) but no {ManifestFile.Name}. The results can be read; restore "
                + "the manifest from a copy to go on writing, or choose another folder.");
        }

        var names = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).OfType<string>();
        var foreign = names.FirstOrDefault(name => !AheadOfManifest.Contains(name) && !IndexFile.IsName(name));
        if (foreign is not null)
        {
            throw new StoreException($"{folder} is not a result store: it holds {foreign}. Choose an empty or a new folder.");
        }
    }
}
