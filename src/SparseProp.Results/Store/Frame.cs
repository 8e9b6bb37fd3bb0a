using System.Buffers;
using System.Buffers.Binary;
using SparseProp.Results.Records;

namespace SparseProp.Results.Store;

/// <summary>
/// What the store's files are made of: a MessagePack array of two, the CRC-32C of the second element's bytes and that
/// element, a map. The checksum is always written in five bytes, so that a frame is known by its first two.
/// </summary>
internal static class Frame
{
    /// <summary>Bytes before the content.</summary>
    public const int HeadBytes = 6;

    /// <summary>No frame of a results file is longer.</summary>
    public const int MaxBytes = HeadBytes + PointRecordFormat.MaxBytes;

    private const byte ArrayOfTwo = 0x92;
    private const byte UInt32 = 0xCE;

    /// <summary>The bytes that every frame begins with.</summary>
    public static ReadOnlySpan<byte> Mark => [ArrayOfTwo, UInt32];

    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> content)
    {
        var frame = output.GetSpan(HeadBytes + content.Length);
        Mark.CopyTo(frame);
        BinaryPrimitives.WriteUInt32BigEndian(frame[Mark.Length..], Crc32C.Of(content));
        content.CopyTo(frame[HeadBytes..]);
        output.Advance(HeadBytes + content.Length);
    }

    /// <summary>Whether a whole frame with the right checksum is at the beginning of <paramref name="bytes"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out int contentLength)
    {
        contentLength = 0;
        return bytes.Length > HeadBytes
            && bytes.StartsWith(Mark)
            && IsMap(bytes[HeadBytes])
            && MessagePackLength.TryMeasure(bytes[HeadBytes..], out contentLength)
            && Crc32C.Of(bytes.Slice(HeadBytes, contentLength)) == BinaryPrimitives.ReadUInt32BigEndian(bytes[Mark.Length..]);
    }

    // Looked at first, it spares measuring whatever else begins like a frame.
    private static bool IsMap(byte code) => code is (>= 0x80 and <= 0x8F) or 0xDE or 0xDF;
}
