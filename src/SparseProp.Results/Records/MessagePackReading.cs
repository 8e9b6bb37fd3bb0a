using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using MessagePack;
using SparseProp.Engine;

namespace SparseProp.Results.Records;

/// <summary>Reads single values from bytes that nobody vouches for, without allocating ahead of the bytes.</summary>
internal static class MessagePackReading
{
    private const int DigestBytes = 16;

    /// <summary>The next string; at most <paramref name="maxBytes"/> of UTF-8.</summary>
    public static string ReadText(ref this MessagePackReader reader, int maxBytes)
    {
        var bytes = reader.ReadStringSequence() ?? throw new MessagePackSerializationException("nil is no text");
        return bytes.Length <= maxBytes
            ? Encoding.UTF8.GetString(bytes)
            : throw new MessagePackSerializationException($"a text of {bytes.Length} bytes exceeds the limit of {maxBytes}");
    }

    /// <summary>The place in <paramref name="names"/>, which are ASCII, of the string that comes next. Allocates nothing.</summary>
    public static int ReadName(ref this MessagePackReader reader, IReadOnlyList<string> names)
    {
        var bytes = reader.ReadStringSequence() ?? throw new MessagePackSerializationException("nil is no name");
        Span<byte> name = stackalloc byte[RecordText.MaxNameLength];
        name = name[..(int)Math.Min(bytes.Length, name.Length)];
        bytes.Slice(0, name.Length).CopyTo(name);
        for (var i = 0; i < names.Count; i++)
        {
            if (Ascii.Equals(name, names[i]))
            {
                return i;
            }
        }

        throw new MessagePackSerializationException($"'{Encoding.UTF8.GetString(name)}' is none of {string.Join(", ", names)}");
    }

    /// <summary>The next 16 bytes of binary data as a big-endian number.</summary>
    public static UInt128 ReadUInt128(ref this MessagePackReader reader)
    {
        var bytes = reader.ReadBytes();
        if (bytes is not { Length: DigestBytes } digits)
        {
            throw new MessagePackSerializationException($"a key or digest has {DigestBytes} bytes, not {bytes?.Length ?? 0}");
        }

        Span<byte> contiguous = stackalloc byte[DigestBytes];
        digits.CopyTo(contiguous);
        return BinaryPrimitives.ReadUInt128BigEndian(contiguous);
    }

    /// <summary>The next array as numbers; no longer than the bytes that are left.</summary>
    public static Series ReadSeries(ref this MessagePackReader reader)
    {
        var values = new double[reader.ReadArrayHeader()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadDouble();
        }

        return new Series(values);
    }

    /// <summary>The next integer as milliseconds since 1970 in UTC.</summary>
    public static DateTimeOffset ReadUnixMilliseconds(ref this MessagePackReader reader)
    {
        var milliseconds = reader.ReadInt64();
        return milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw new MessagePackSerializationException($"{milliseconds} ms after 1970 is no date");
    }
}
