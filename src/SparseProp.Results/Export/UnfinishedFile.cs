using SparseProp.Results.Store;

namespace SparseProp.Results.Export;

/// <summary>A file that gets its name when it is whole; without <see cref="Complete"/> nothing is left of it.</summary>
internal sealed class UnfinishedFile(string path) : IDisposable
{
    private readonly string _path = Path.GetFullPath(path);

    /// <summary>Where to write it.</summary>
    public string UnfinishedPath => _path + ".partial";

    /// <summary>Gives the file its name; when this returns, it survives a power failure.</summary>
    /// <exception cref="IOException">It cannot be written, or there is one of that name that is not to be replaced.</exception>
    public void Complete(bool replace)
    {
        using (var handle = File.OpenHandle(UnfinishedPath, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(UnfinishedPath, _path, replace);
        FolderSync.Flush(Path.GetDirectoryName(_path)!);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path.GetDirectoryName(_path)))
        {
            File.Delete(UnfinishedPath);
        }
    }
}
