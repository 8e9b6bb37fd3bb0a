using SparseProp.Results.Manifests;

namespace SparseProp.Results.Store;

/// <summary>Files by the hash of their content, in a folder of their own. For use by any thread and process.</summary>
/// <param name="folder">The folder; made when the first file comes.</param>
public sealed class FileArchive(string folder)
{
    /// <summary>Name of a store's archive in its folder.</summary>
    public const string Name = "files";

    // Left behind by a crash only, and then worthless.
    private const string UnfinishedSuffix = ".part";

    /// <summary>The files that belong to the store in <paramref name="store"/>.</summary>
    public static FileArchive Of(string store) => new(Path.Combine(store, Name));

    /// <summary>Hashes of the files that are there.</summary>
    /// <exception cref="StoreException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Hashes => InFolder(() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder).Select(Path.GetFileName).OfType<string>().Where(DataFile.IsHash).Order(StringComparer.Ordinal)]
        : (IReadOnlyList<string>)[]);

    /// <summary>Whether a file is there.</summary>
    /// <exception cref="ArgumentException">The hash is none.</exception>
    public bool Holds(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>The length of a file; −1 where it is not there.</summary>
    /// <exception cref="ArgumentException">The hash is none.</exception>
    public long LengthOf(string sha256) => new FileInfo(PathOf(sha256)) is { Exists: true } file ? file.Length : -1;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="ArgumentException">The hash is none.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public Stream Open(string sha256)
    {
        try
        {
            return new FileStream(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"{PathOf(sha256)} is missing");
        }
    }

    /// <summary>Reads a part of a file.</summary>
    /// <returns>How many bytes were read; fewer than asked for at the end only.</returns>
    /// <inheritdoc cref="Open" path="/exception"/>
    public int Read(string sha256, long offset, Span<byte> buffer)
    {
        using var handle = File.OpenHandle(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var read = 0;
        while (read < buffer.Length && RandomAccess.Read(handle, buffer[read..], offset + read) is > 0 and var more)
        {
            read += more;
        }

        return read;
    }

    /// <summary>Begins to take a file in.</summary>
    /// <param name="sha256">What its hash is to be.</param>
    /// <exception cref="ArgumentException">The hash is none.</exception>
    /// <exception cref="StoreException">The folder cannot be written.</exception>
    public FileUpload Begin(string sha256)
    {
        var path = PathOf(sha256);
        return InFolder(() =>
        {
            NewFolder.Make(folder);
            return new FileUpload(path, $"{path}.{Guid.NewGuid():n}{UnfinishedSuffix}", sha256);
        });
    }

    /// <summary>Keeps a copy of a file; does nothing where it is there.</summary>
    /// <param name="file">The file.</param>
    /// <param name="open">Opens it.</param>
    /// <exception cref="StoreException">It cannot be read or written, or is not what <paramref name="file"/> says.</exception>
    public void Keep(DataFile file, Func<Stream> open)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(open);
        if (LengthOf(file.Sha256) == file.Bytes)
        {
            return;
        }

        InFolder(() =>
        {
            using var source = open();
            using var upload = Begin(file.Sha256);
            var buffer = new byte[1 << 16];
            while (source.Read(buffer) is > 0 and var read)
            {
                upload.Write(buffer.AsSpan(0, read));
            }

            return upload.TryComplete() ? upload : throw new StoreException(
                $"{file.Name} has changed while it was read. Try again when it is written no more.");
        });
    }

    /// <summary>Removes all files but those of these hashes, and what crashes have left.</summary>
    /// <exception cref="StoreException">They cannot be removed.</exception>
    public void KeepOnly(IEnumerable<string> hashes)
    {
        var kept = hashes.ToHashSet();
        InFolder(() =>
        {
            foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
            {
                var name = Path.GetFileName(path);
                if (!kept.Contains(name) && (DataFile.IsHash(name) || name.EndsWith(UnfinishedSuffix, StringComparison.Ordinal)))
                {
                    File.Delete(path);
                }
            }

            return kept;
        });
    }

    /// <summary>Removes files, finished or not, that were not written to since a time, unless they are wanted.</summary>
    /// <param name="time">The time.</param>
    /// <param name="isWanted">Whether a file is to stay, by its hash.</param>
    /// <exception cref="StoreException">They cannot be removed.</exception>
    public void RemoveOlderThan(DateTimeOffset time, Func<string, bool> isWanted) => InFolder(() =>
    {
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            var name = Path.GetFileName(path);
            if (File.GetLastWriteTimeUtc(path) < time.UtcDateTime
                && (name.EndsWith(UnfinishedSuffix, StringComparison.Ordinal) || (DataFile.IsHash(name) && !isWanted(name))))
            {
                File.Delete(path);
            }
        }

        return time;
    });

    /// <summary>Where a file is or would be. No other name than a hash becomes a path.</summary>
    private string PathOf(string sha256) => DataFile.IsHash(sha256)
        ? Path.Combine(folder, sha256)
        : throw new ArgumentException("That is no SHA-256.", nameof(sha256));

    private T InFolder<T>(Func<T> change)
    {
        try
        {
            return change();
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"The files in {folder} cannot be read or written: {e.Message} Make room on its disk or change its permissions.", e);
        }
    }
}
