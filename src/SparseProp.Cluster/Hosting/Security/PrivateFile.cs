namespace SparseProp.Cluster.Hosting;

/// <summary>Writes new files of keys and secrets; never over one that is there.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a file that only its owner may read.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void Create(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }

    /// <summary>Writes a file that everybody may read.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void CreatePublic(string path, string text)
    {
        using var writer = new StreamWriter(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write });
        writer.Write(text);
    }
}
