using System.Buffers;
using MessagePack;

namespace SparseProp.Results.Records;

/// <summary>
/// A record as bytes, in the store and between the nodes of a cluster: a MessagePack map from the integer keys of
/// <see cref="RecordNames.Fields"/> to values. Readers skip keys that they do not know; nil and absent mean the same.
/// </summary>
public static class PointRecordFormat
{
    /// <summary>No record is longer. Bounds what damaged or hostile bytes can cost; records in use have 200 to 13 000 bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <exception cref="ArgumentException">The status disagrees with what the record holds.</exception>
    public static byte[] Serialize(PointRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        var writer = new MessagePackWriter(buffer);
        Write(ref writer, record);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The record that <paramref name="bytes"/> hold, and nothing but it.</summary>
    /// <exception cref="MessagePackSerializationException">They hold no record; no other exception, whatever they are.</exception>
    public static PointRecord Deserialize(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new MessagePackSerializationException($"{bytes.Length} bytes are no record: none is longer than {MaxBytes}");
        }

        var reader = new MessagePackReader(bytes);
        var record = Read(ref reader);
        return reader.End
            ? record
            : throw new MessagePackSerializationException($"{bytes.Length - reader.Consumed} bytes follow the record");
    }

    /// <exception cref="ArgumentException">The status disagrees with what the record holds.</exception>
    public static void Write(ref MessagePackWriter writer, PointRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        RecordWriting.Write(ref writer, record);
    }

    /// <exception cref="MessagePackSerializationException">The next value is no record.</exception>
    public static PointRecord Read(ref MessagePackReader reader)
    {
        try
        {
            var fields = default(RecordReading);
            fields.ReadMap(ref reader);
            return fields.ToRecord();
        }
        catch (Exception e) when (e is EndOfStreamException or OverflowException)
        {
            throw new MessagePackSerializationException("The bytes end early or hold a number out of its range", e);
        }
    }
}
