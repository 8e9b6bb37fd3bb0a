namespace SparseProp.Sweeps.Networks;

/// <summary>Where the files come from that a network names.</summary>
public abstract class NetworkFiles
{
    /// <summary>No files at all.</summary>
    public static NetworkFiles None { get; } = new NoFiles();

    /// <summary>The files beside one: names are paths relative to its folder.</summary>
    public static NetworkFiles Beside(string path) => new Folder(Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>Files by name, held in memory or elsewhere.</summary>
    public static NetworkFiles Of(IReadOnlyDictionary<string, Func<Stream>> files) => new Named(files);

    /// <summary>The same files, by names relative to one of their folders.</summary>
    internal NetworkFiles In(string folder) => folder.Length == 0 ? this : new Within(this, folder);

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It is missing or cannot be read; the message says why.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public abstract Stream Open(string name);

    private sealed class Within(NetworkFiles files, string folder) : NetworkFiles
    {
        // The same name on every system: it is looked up on others, too.
        public override Stream Open(string name) => files.Open(Path.IsPathRooted(name) ? name : $"{folder}/{name}");
    }

    private sealed class NoFiles : NetworkFiles
    {
        public override Stream Open(string name) => throw new FileNotFoundException("no file came with this text");
    }

    private sealed class Folder(string folder) : NetworkFiles
    {
        public override Stream Open(string name)
        {
            try
            {
                return File.OpenRead(Path.Combine(folder, name));
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new FileNotFoundException($"there is no such file in {folder}");
            }
        }
    }

    private sealed class Named(IReadOnlyDictionary<string, Func<Stream>> files) : NetworkFiles
    {
        public override Stream Open(string name) =>
            files.TryGetValue(name, out var open) ? open() : throw new FileNotFoundException("it did not come with the network");
    }
}
