using System.Buffers;
using MessagePack;

namespace SparseProp.Results;

/// <summary>
/// The first frame of a results file: names format, version, epoch and the fields of all records that follow, so that the
/// file explains itself to readers who have nothing else.
/// </summary>
internal static class ResultsHeader
{
    public const string Name = "sparseprop-results";
    public const int Version = 1;

    public static ReadOnlyMemory<byte> Serialize(long epoch)
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
        writer.WriteMapHeader(RecordNames.Fields.Count);
        for (var key = 0; key < RecordNames.Fields.Count; key++)
        {
            writer.Write(key);
            writer.Write(RecordNames.Fields[key]);
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
