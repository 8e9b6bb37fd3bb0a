using System.Buffers;
using MessagePack;

namespace SparseProp.Results.Records;

/// <summary>Gives a record on disk another status, and leaves all else as it is.</summary>
internal static class RecordStatus
{
    /// <param name="content">The record's map.</param>
    /// <param name="status">Its status from now on.</param>
    public static ReadOnlyMemory<byte> In(ReadOnlyMemory<byte> content, PointStatus status)
    {
        var changed = new ArrayBufferWriter<byte>(content.Length + RecordText.MaxNameLength);
        var writer = new MessagePackWriter(changed);
        var reader = new MessagePackReader(content);
        var pairs = reader.ReadMapHeader();
        writer.WriteMapHeader(pairs);
        for (; pairs > 0; pairs--)
        {
            var key = reader.ReadInt64();
            var value = reader.ReadRaw();
            writer.Write(key);
            if (key == (int)RecordField.Status)
            {
                writer.Write(RecordNames.Of(status));
            }
            else
            {
                writer.WriteRaw(value);
            }
        }

        writer.Flush();
        return changed.WrittenMemory;
    }
}
