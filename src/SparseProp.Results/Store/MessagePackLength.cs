using System.Buffers.Binary;

namespace SparseProp.Results.Store;

/// <summary>How many bytes a MessagePack value has: the frames of a results file carry no length but that of their content.</summary>
internal static class MessagePackLength
{
    /// <summary>
    /// Measures the value at the beginning of <paramref name="bytes"/>; false where they hold no whole one. Neither throws,
    /// allocates nor recurses.
    /// </summary>
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        var position = 0L;
        for (var pending = 1L; pending > 0; pending--)
        {
            // A value has at least one byte: whoever announces more values than there are bytes is not followed.
            if (pending > bytes.Length - position || !TryStep(bytes[(int)position..], out var size, out var children))
            {
                return false;
            }

            position += size;
            pending += children;
        }

        if (position > bytes.Length)
        {
            return false;
        }

        length = (int)position;
        return true;
    }

    /// <summary>Size of the first value without its children, and their number; false where its head is cut or no MessagePack.</summary>
    private static bool TryStep(ReadOnlySpan<byte> bytes, out long size, out long children)
    {
        var code = bytes[0];
        children = code switch
        {
            <= 0x7F => 0,
            <= 0x8F => 2 * (code & 0x0F),
            <= 0x9F => code & 0x0F,
            _ => 0,
        };
        size = code <= 0x9F ? 1 : code <= 0xBF ? 1 + (code & 0x1F) : 1 + FixedBytes(code);
        if (code is <= 0xBF or >= 0xE0 || CountBytes(code) == 0)
        {
            return code != 0xC1;
        }

        if (!TryReadCount(bytes, CountBytes(code), out var count))
        {
            return false;
        }

        switch (code)
        {
            case 0xDC or 0xDD:
                children = count;
                break;
            case 0xDE or 0xDF:
                children = 2 * count;
                break;
            default:
                size += count;
                break;
        }

        return true;
    }

    /// <summary>Bytes between the code and the value's content, or of the content itself where it has always as many.</summary>
    private static int FixedBytes(byte code) => code switch
    {
        0xC7 => 2,
        0xC8 => 3,
        0xC9 => 5,
        0xCA => 4,
        0xCB => 8,
        >= 0xCC and <= 0xCF => 1 << (code - 0xCC),
        >= 0xD0 and <= 0xD3 => 1 << (code - 0xD0),
        >= 0xD4 and <= 0xD8 => 1 + (1 << (code - 0xD4)),
        >= 0xE0 => 0,
        _ => CountBytes(code),
    };

    /// <summary>Bytes of the count that follows the code of binary data, extensions, strings, arrays and maps.</summary>
    private static int CountBytes(byte code) => code switch
    {
        0xC4 or 0xC7 or 0xD9 => 1,
        0xC5 or 0xC8 or 0xDA or 0xDC or 0xDE => 2,
        0xC6 or 0xC9 or 0xDB or 0xDD or 0xDF => 4,
        _ => 0,
    };

    private static bool TryReadCount(ReadOnlySpan<byte> bytes, int countBytes, out uint count)
    {
        count = 0;
        if (bytes.Length <= countBytes)
        {
            return false;
        }

        count = countBytes switch
        {
            1 => bytes[1],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]),
        };
        return true;
    }
}
