using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MessagePack;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Snapshots;

/// <summary>
/// Writes a snapshot: a stream of MessagePack values whose order is the format. Arrays are their length in bytes and then pieces of
/// at most <see cref="PieceBytes"/>, as they are in memory (little-endian). The last value is the XXH3-128 of all bytes before it.
/// </summary>
/// <param name="destination">Stays open; nothing is written before the values are, and no more than a piece is held.</param>
internal sealed class SnapshotWriter(Stream destination)
{
    /// <summary>Long arrays are cut, so that reader and writer need little memory beside a network that fills it.</summary>
    public const int PieceBytes = 1 << 20;

    private readonly ArrayBufferWriter<byte> _buffer = new(PieceBytes + 16);
    private readonly XxHash128 _hash = new();

    public void Write(long value)
    {
        var writer = new MessagePackWriter(_buffer);
        writer.Write(value);
        Flush(ref writer);
    }

    /// <summary>All 64 bits.</summary>
    public void Write(double value)
    {
        var writer = new MessagePackWriter(_buffer);
        writer.Write(value);
        Flush(ref writer);
    }

    public void Write(string value)
    {
        var writer = new MessagePackWriter(_buffer);
        writer.Write(value);
        Flush(ref writer);
    }

    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Write((long)values.Length * Unsafe.SizeOf<T>());
        for (var rest = MemoryMarshal.AsBytes(values); rest.Length > 0; rest = rest[Math.Min(PieceBytes, rest.Length)..])
        {
            WritePiece(rest[..Math.Min(PieceBytes, rest.Length)]);
        }
    }

    public unsafe void Write<T>(NativeBuffer<T> values)
        where T : unmanaged
    {
        Write(values.Bytes);
        for (var start = 0L; start < values.Bytes; start += PieceBytes)
        {
            WritePiece(new ReadOnlySpan<byte>((byte*)values.Pointer + start, (int)Math.Min(PieceBytes, values.Bytes - start)));
        }
    }

    /// <summary>Writes the hash.</summary>
    public void Complete()
    {
        Span<byte> hash = stackalloc byte[16];
        _hash.GetCurrentHash(hash);
        WritePiece(hash);
    }

    private void WritePiece(ReadOnlySpan<byte> piece)
    {
        var writer = new MessagePackWriter(_buffer);
        writer.Write(piece);
        Flush(ref writer);
    }

    private void Flush(ref MessagePackWriter writer)
    {
        writer.Flush();
        _hash.Append(_buffer.WrittenSpan);
        destination.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
