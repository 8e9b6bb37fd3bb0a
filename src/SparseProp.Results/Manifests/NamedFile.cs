using System.Buffers;
using MessagePack;
using SparseProp.Results.Store;

namespace SparseProp.Results.Manifests;

/// <summary>
/// A small file beside the results: one frame whose map has names for keys, because it is read by eye more often than by
/// program. On disk is always the whole old one or the whole new one. Format and version come first; names that only a later release
/// knows are skipped by readers, and kept where the file is replaced.
/// </summary>
internal sealed record NamedFile
{
    private const int OwnFields = 2;

    // A hundred thousand runs.
    private const long MostBytes = 1L << 28;

    public delegate void WriteFields(ref MessagePackWriter writer);

    /// <summary>Name in its folder.</summary>
    public required string Name { get; init; }

    /// <summary>What the field <c>format</c> says.</summary>
    public required string Format { get; init; }

    /// <summary>Latest version that is read, and the one that is written.</summary>
    public required int Version { get; init; }

    /// <summary>What the file is called in messages.</summary>
    public required string Title { get; init; }

    /// <summary>What a user is to do where it is damaged: whole sentences.</summary>
    public required string Remedy { get; init; }

    /// <summary>The next one while it is written; left behind only by a crash, and then worthless.</summary>
    public string UnfinishedName => Name + ".new";

    public string PathIn(string folder) => Path.Combine(folder, Name);

    /// <summary>What the file in <paramref name="folder"/> says; null where there is none.</summary>
    /// <exception cref="StoreException">It cannot be read, is damaged or of a later version.</exception>
    public T? Read<T>(string folder, Func<NamedFields, T> read)
        where T : class
    {
        var path = PathIn(folder);
        try
        {
            return Deserialize(ReadBytes(folder), path, read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"The {Title} {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The whole file as it is.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[] ReadBytes(string folder)
    {
        using var file = new FileStream(PathIn(folder), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length > MostBytes)
        {
            throw new IOException(FormattableString.Invariant($"it has {file.Length} bytes, and no such file is longer than {MostBytes}."));
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Replaces the file; when this returns, the new one survives a power failure.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="fields">How many pairs <paramref name="write"/> writes.</param>
    /// <param name="write">Writes them.</param>
    /// <exception cref="IOException">Nothing has changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing has changed.</exception>
    public void Replace(string folder, int fields, WriteFields write)
    {
        var unfinished = Path.Combine(folder, UnfinishedName);
        var content = Serialize(fields, write, LaterFields(folder, fields, write));
        using (var handle = File.OpenHandle(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(handle, content.Span, 0);
            RandomAccess.FlushToDisk(handle);
        }

        File.Move(unfinished, PathIn(folder), overwrite: true);
        FolderSync.Flush(folder);
    }

    private ReadOnlyMemory<byte> Serialize(int fields, WriteFields write, IReadOnlyList<KeyValuePair<string, byte[]>> laterFields)
    {
        var content = new ArrayBufferWriter<byte>(4096);
        var writer = new MessagePackWriter(content);
        writer.WriteMapHeader(OwnFields + fields + laterFields.Count);
        writer.WriteField("format", Format);
        writer.WriteField("version", Version);
        write(ref writer);
        writer.WriteRaw(laterFields);
        writer.Flush();
        var file = new ArrayBufferWriter<byte>(Frame.HeadBytes + content.WrittenCount);
        Frame.Write(file, content.WrittenSpan);
        return file.WrittenMemory;
    }

    /// <summary>What the file that is there says beyond what this release writes.</summary>
    private IReadOnlyList<KeyValuePair<string, byte[]>> LaterFields(string folder, int fields, WriteFields write)
    {
        var own = new MessagePackReader(Serialize(fields, write, [])[Frame.HeadBytes..]);
        var known = NamedFields.Read(ref own).AllNames;
        try
        {
            return Read(folder, found => found.Except(known)) ?? [];
        }
        catch (StoreException)
        {
            // Damaged, and replaced for it: there is nothing to keep.
            return [];
        }
    }

    private T Deserialize<T>(ReadOnlyMemory<byte> file, string path, Func<NamedFields, T> read)
    {
        if (!Frame.TryRead(file.Span, out var length) || Frame.HeadBytes + length != file.Length)
        {
            throw new StoreException(Damaged(path, "its checksum does not match"));
        }

        try
        {
            var reader = new MessagePackReader(file[Frame.HeadBytes..]);
            var fields = NamedFields.Read(ref reader);
            RequireKnownVersion(fields, path);
            return read(fields);
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException)
        {
            throw new StoreException(Damaged(path, e.Message), e);
        }
    }

    // Looked at ahead of all else: what a later version means by the other fields is not known here.
    private void RequireKnownVersion(NamedFields fields, string path)
    {
        var format = fields.Text("format");
        if (format != Format)
        {
            throw new StoreException($"{path} has the format '{format}', not '{Format}'; it is not the {Title} that its name says.");
        }

        var version = fields.Number("version");
        if (version > Version)
        {
            throw new StoreException(
                $"{path} has format version {version}; this program reads versions up to {Version}. "
                + "Use the release that wrote it, or a later one.");
        }
    }

    private string Damaged(string path, string reason) => $"The {Title} {path} is damaged: {reason}. {Remedy}";
}
