using System.Formats.Tar;
using SparseProp.Results.Manifests;

namespace SparseProp.Results.Store;

/// <summary>A store as one stream, a tar file: to read it elsewhere, or to keep a copy.</summary>
public static class StoreArchive
{
    public const string MediaType = "application/x-tar";

    private const string FilesPrefix = $"{FileArchive.Name}/";

    /// <summary>Writes the store as it is now, also while records are appended to it or it is compacted.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="opened">Is told that there is something to write, before anything is written.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreException">It is no store or cannot be read.</exception>
    public static async Task WriteAsync(string folder, Action opened, Stream output, CancellationToken cancellation)
    {
        var files = Open(folder);
        try
        {
            opened();
            await using var tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
            foreach (var (name, content) in files)
            {
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content }, cancellation);
            }
        }
        finally
        {
            Close(files);
        }
    }

    /// <summary>Makes a store of what <see cref="WriteAsync"/> has written.</summary>
    /// <param name="archive">What was written.</param>
    /// <param name="folder">A folder that does not exist yet. Nothing of it is left where this fails.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreException">The archive is broken or no store's, or the folder cannot be written.</exception>
    public static async Task ExtractAsync(Stream archive, string folder, CancellationToken cancellation)
    {
        var copy = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

        // Nobody else has a folder of this name, so all in it may be moved or deleted.
        var unfinished = Path.Combine(Path.GetDirectoryName(copy) ?? copy, $".sparseprop-{Guid.NewGuid():N}");
        try
        {
            NewFolder.Make(unfinished);
            await using var tar = new TarReader(archive, leaveOpen: true);
            while (await tar.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
            {
                // A name in an archive may be any path.
                if (entry.EntryType != TarEntryType.RegularFile || !IsOfStore(entry.Name))
                {
                    throw new InvalidDataException($"it holds {entry.Name}, which is no part of a store");
                }

                if (FileIn(entry.Name) is { } hash)
                {
                    await ExtractFileAsync(entry, hash, unfinished, cancellation);
                    continue;
                }

                await entry.ExtractToFileAsync(Path.Combine(unfinished, entry.Name), overwrite: false, cancellation);
            }

            if (!File.Exists(ManifestFile.PathIn(unfinished)))
            {
                throw new InvalidDataException($"it holds no {ManifestFile.Name}");
            }

            Directory.Move(unfinished, copy);
        }
        catch (Exception failed) when (failed is InvalidDataException || StoreException.IsFileSystem(failed))
        {
            throw new StoreException($"The copy of the store could not be made in {folder}: {failed.Message.Replace(unfinished, copy, StringComparison.Ordinal)}", failed);
        }
        finally
        {
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }
        }
    }

    private static bool IsOfStore(string name) => name == ManifestFile.Name || ResultsFile.IsName(name) || FileIn(name) is not null;

    /// <summary>The hash of a file that the sweep names, by its name in the archive; null for other names.</summary>
    private static string? FileIn(string name) =>
        name.StartsWith(FilesPrefix, StringComparison.Ordinal) && name[FilesPrefix.Length..] is var hash && DataFile.IsHash(hash) ? hash : null;

    private static async Task ExtractFileAsync(TarEntry entry, string hash, string folder, CancellationToken cancellation)
    {
        using var file = FileArchive.Of(folder).Begin(hash);
        var buffer = new byte[1 << 16];
        while (entry.DataStream is { } content && await content.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            file.Write(buffer.AsSpan(0, read));
        }

        if (!file.TryComplete())
        {
            throw new InvalidDataException($"{entry.Name} does not hold what its name says");
        }
    }

    private static List<(string Name, Stream Content)> Open(string folder)
    {
        const int mostAttempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            List<(string Name, Stream Content)> files = [];
            try
            {
                _ = StoreReader.ReadManifest(folder);
                var manifest = ManifestFile.ReadBytes(folder);
                files.Add((ManifestFile.Name, new MemoryStream(manifest)));
                foreach (var segment in Segment.Of(folder))
                {
                    var file = new FileStream(segment.File.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                    files.Add((Path.GetFileName(file.Name), new FilePrefix(file, segment.Length)));
                }

                // Before the manifest is looked at once more: a later one may have removed them.
                var archive = FileArchive.Of(folder);
                files.AddRange(StoreReader.ReadManifest(folder).DataFiles
                    .DistinctBy(file => file.Sha256)
                    .Select(file => (FilesPrefix + file.Sha256, archive.Open(file.Sha256))));

                // Else the manifest may say of these files what was true of others.
                if (manifest.AsSpan().SequenceEqual(ManifestFile.ReadBytes(folder)))
                {
                    return files;
                }

                Close(files);
                if (attempt == mostAttempts)
                {
                    throw new StoreException($"The store {folder} is opened for writing time and again while it is to be copied. Try once more.");
                }
            }
            catch (Exception failed) when (StoreException.IsFileSystem(failed))
            {
                Close(files);

                // Compaction replaces files: what was listed may be gone, and then there are others.
                if (failed is not FileNotFoundException || attempt == mostAttempts)
                {
                    throw new StoreException($"The store {folder} cannot be read: {failed.Message}", failed);
                }
            }
        }
    }

    private static void Close(List<(string Name, Stream Content)> files) => files.ForEach(file => file.Content.Dispose());
}
