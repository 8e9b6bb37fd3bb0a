using SparseProp.Results.Store;

namespace SparseProp.Service.Hosting.Security;

/// <summary>Writes files of keys and secrets.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a new file that only its owner may read.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void Create(string path, string text) => Write(path, text, isPrivate: true);

    /// <summary>Writes a new file that everybody may read.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void CreatePublic(string path, string text) => Write(path, text, isPrivate: false);

    /// <summary>Puts a file that only its owner may read in the place of another, at once.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Replace(string path, string text) => Replace(path, text, isPrivate: true);

    /// <summary>Puts a file that everybody may read in the place of another, at once.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void ReplacePublic(string path, string text) => Replace(path, text, isPrivate: false);

    private static void Replace(string path, string text, bool isPrivate)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Write(unfinished, text, isPrivate);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static void Write(string path, string text, bool isPrivate)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var writer = new StreamWriter(path, options);
            writer.Write(text);
        }
        catch (FileNotFoundException e)
        {
            throw NewFolder.NotThere(path, e);
        }
    }
}
