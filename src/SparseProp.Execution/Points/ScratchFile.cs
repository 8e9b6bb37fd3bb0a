namespace SparseProp.Execution.Points;

/// <summary>Files for checkpoints on their way; as large as a network.</summary>
internal static class ScratchFile
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>An empty file without a name: it is gone when it is closed, or when the process is killed.</summary>
    /// <exception cref="IOException">The folder is not there, or full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static FileStream Create(string folder)
    {
        var path = Path.Combine(folder, $"sparseprop-{Guid.NewGuid():n}.checkpoint");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, BufferBytes);
        File.Delete(path);
        return file;
    }
}
