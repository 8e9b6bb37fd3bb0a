namespace SparseProp.Cli.Output;

/// <summary>Tells what is at a path that a command is to write to.</summary>
internal static class OutputPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    private static readonly string[] StandardOutputs = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

    // Below these, what is written is not kept as a file is.
    private static readonly string[] Devices = ["/dev/", "/proc/"];

    // Except for this one, which holds files in memory.
    private const string FilesInMemory = "/dev/shm/";

    // What is written here overwrites nothing, though it can be read at any place.
    private static readonly string[] Sinks = ["/dev/null", "/dev/full", "/dev/zero"];

    public static bool IsStandardOutput(string path) => StandardOutputs.Contains(path);

    /// <summary>Where the links at a path lead: to a file, to nothing yet, or to a device.</summary>
    /// <exception cref="IOException">They lead in circles.</exception>
    public static string Followed(string path)
    {
        var followed = Path.GetFullPath(path);
        for (var links = 0; !IsDevice(followed) && new FileInfo(followed).LinkTarget is { } target; links++)
        {
            followed = links < MostLinks
                ? Path.GetFullPath(target, Path.GetDirectoryName(followed)!)
                : throw new IOException("its links lead in circles");
        }

        return followed;
    }

    /// <summary>Opens what is there where it is no file that a new one could take the place of; waits for the reader of a pipe.</summary>
    /// <returns>Null where there is a file, or nothing.</returns>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static Stream? TryOpenStream(string path)
    {
        if (IsStandardOutput(path))
        {
            return Console.OpenStandardOutput();
        }

        if (!File.Exists(path))
        {
            return null;
        }

        var stream = Open(path);
        if (!stream.CanSeek || Sinks.Contains(path) || path.StartsWith("/proc/", StringComparison.Ordinal))
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }

    /// <summary>Opens what is there, to be written over.</summary>
    /// <inheritdoc cref="TryOpenStream" path="/exception"/>
    public static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public static bool IsDevice(string path) =>
        Devices.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) && !path.StartsWith(FilesInMemory, StringComparison.Ordinal);
}
