namespace SparseProp.Results.Store;

/// <summary>Makes folders that a user names.</summary>
public static class NewFolder
{
    /// <summary>Makes the folder and those above it where there are none, so that they survive a power failure.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made.</exception>
    public static void Make(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Directory.Exists(folder))
        {
            return;
        }

        var parent = Path.GetDirectoryName(folder)!;
        Make(parent);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw NotThere(folder, e);
        }

        FolderSync.Flush(parent);
    }

    /// <summary>Why a file or folder cannot be made where the system says that it has not found it, as that of processes does.</summary>
    public static IOException NotThere(string path, Exception cause) =>
        new($"{path} cannot be made, for {Path.GetDirectoryName(Path.GetFullPath(path))} takes no new files or folders.", cause);
}
