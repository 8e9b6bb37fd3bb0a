using System.Buffers;
using MessagePack;
using SparseProp.Results.Manifests;
using SparseProp.Results.Records;

namespace SparseProp.Results.Store;

/// <summary>
/// The first frame of a results file: names format, version, epoch and the fields of all records that follow, so that the
/// file explains itself to readers who have nothing else.
/// </summary>
internal static class ResultsHeader
{
    public const string Name = "sparseprop-results";
    public const int Version = 1;

    /// <param name="epoch">Number of the run that begins the file.</param>
    /// <param name="laterFields">Names of fields that only a later release knows, by their keys.</param>
    public static ReadOnlyMemory<byte> Serialize(long epoch, IReadOnlyCollection<KeyValuePair<long, string>> laterFields)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(4);
        writer.Write("format");
        writer.Write(Name);
        writer.Write("version");
        writer.Write(Version);
        writer.Write("epoch");
        writer.Write(epoch);
        writer.Write("fields");
        writer.WriteMapHeader(RecordNames.Fields.Count + laterFields.Count);
        for (var key = 0; key < RecordNames.Fields.Count; key++)
        {
            writer.Write(key);
            writer.Write(RecordNames.Fields[key]);
        }

        foreach (var (key, name) in laterFields)
        {
            writer.Write(key);
            writer.Write(name);
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Whether <paramref name="content"/> is a header.</summary>
    /// <exception cref="StoreException">It is, of a later version; the message names <paramref name="path"/>.</exception>
    public static bool IsHeader(ReadOnlyMemory<byte> content, string path)
    {
        if (!TryReadVersion(content, out var version))
        {
            return false;
        }

        return version <= Version
            ? true
            : throw new StoreException(
                $"{path} has format version {version}; this program reads versions up to {Version}. "
                + "Use the release that wrote it, or a later one.");
    }

    /// <summary>The fields that a file's header names and this release does not know, by their keys.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public static IReadOnlyList<KeyValuePair<long, string>> LaterFields(Segment segment)
    {
        try
        {
            using var frames = new FrameReader(segment.File.Path, segment.Length);
            if (!frames.MoveNext() || frames.IsDamage || !IsHeader(frames.Content, segment.File.Path))
            {
                return [];
            }

            var reader = new MessagePackReader(frames.Content);
            return NamedFields.Read(ref reader).Names("fields").Where(field => field.Key >= RecordNames.Fields.Count).ToList();
        }
        catch (MessagePackSerializationException)
        {
            // Names for those who read by eye; the records say the same without them.
            return [];
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw new StoreException($"The results file {segment.File.Path} cannot be read: {e.Message}", e);
        }
    }

    private static bool TryReadVersion(ReadOnlyMemory<byte> content, out long version)
    {
        version = 0;
        try
        {
            var reader = new MessagePackReader(content);
            return TryReadVersion(ref reader, out version);
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException)
        {
            // Not the map of texts that every header begins as.
            return false;
        }
    }

    private static bool TryReadVersion(ref MessagePackReader reader, out long version)
    {
        version = 0;
        string? format = null;
        for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
        {
            switch (reader.ReadText(PointRecordFormat.MaxBytes))
            {
                case "format":
                    format = reader.ReadText(PointRecordFormat.MaxBytes);
                    break;
                case "version":
                    version = reader.ReadInt64();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return format == Name && version > 0;
    }
}
