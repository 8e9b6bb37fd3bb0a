using System.Buffers.Binary;
using System.IO.Hashing;

namespace SparseProp.Results.Plots;

/// <summary>Tells in a PNG file how large it is in print, which the encoder cannot; else programs take it for a poster.</summary>
internal static class PngResolution
{
    // Signature, then the chunk IHDR, which must be the first: length, name, 13 bytes, checksum.
    private const int EndOfHeader = 8 + 4 + 4 + 13 + 4;
    private const int ContentLength = 9;
    private const double MetresPerInch = 0.0254;

    /// <summary>The file with a chunk pHYs after its header.</summary>
    public static byte[] In(ReadOnlySpan<byte> png, int dotsPerInch)
    {
        Span<byte> chunk = stackalloc byte[4 + 4 + ContentLength + 4];
        BinaryPrimitives.WriteInt32BigEndian(chunk, ContentLength);
        "pHYs"u8.CopyTo(chunk[4..]);
        var dotsPerMetre = (int)Math.Round(dotsPerInch / MetresPerInch);
        BinaryPrimitives.WriteInt32BigEndian(chunk[8..], dotsPerMetre);
        BinaryPrimitives.WriteInt32BigEndian(chunk[12..], dotsPerMetre);
        chunk[16] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(chunk[17..], Crc32.HashToUInt32(chunk[4..17]));
        return [.. png[..EndOfHeader], .. chunk, .. png[EndOfHeader..]];
    }
}
