namespace SparseProp.Results;

/// <summary>The manifest on disk: always the whole old one or the whole new one.</summary>
internal static class ManifestFile
{
    public const string Name = "manifest.msgpack";

    /// <summary>The next manifest while it is written; left behind only by a crash, and then worthless.</summary>
    public const string UnfinishedName = "manifest.msgpack.new";

    public static string PathIn(string folder) => Path.Combine(folder, Name);

    /// <summary>The manifest in <paramref name="folder"/>; null where there is none.</summary>
    /// <exception cref="StoreException">It cannot be read, is damaged or of a later version.</exception>
    public static Manifest? Read(string folder)
    {
        var path = PathIn(folder);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return ManifestFormat.Deserialize(bytes, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"The manifest {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Replaces the manifest; when this returns, the new one survives a power failure.</summary>
    /// <exception cref="IOException">Nothing has changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing has changed.</exception>
    public static void Replace(string folder, Manifest manifest)
    {
        var unfinished = Path.Combine(folder, UnfinishedName);
        using (var handle = File.OpenHandle(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(handle, ManifestFormat.Serialize(manifest), 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(unfinished, PathIn(folder), overwrite: true);
        FolderSync.Flush(folder);
    }
}
