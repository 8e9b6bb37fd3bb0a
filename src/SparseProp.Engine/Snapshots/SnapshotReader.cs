using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MessagePack;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Snapshots;

/// <summary>Reads what a <see cref="SnapshotWriter"/> wrote. Every method throws <see cref="InvalidDataException"/> where it finds something else.</summary>
/// <param name="source">Stays open, and may be read beyond the snapshot's end.</param>
internal sealed class SnapshotReader(Stream source)
{
    private const int LongestValue = SnapshotWriter.PieceBytes + 16;

    private readonly byte[] _buffer = new byte[2 * LongestValue];
    private readonly XxHash128 _hash = new();
    private int _begin;
    private int _end;

    private delegate T Reading<out T>(ref MessagePackReader reader);

    public long ReadInt64() => Read((ref reader) => reader.ReadInt64());

    public double ReadDouble() => Read((ref reader) => reader.ReadDouble());

    public string ReadString() => Read((ref reader) => reader.ReadString()) ?? throw new InvalidDataException("A snapshot has no empty names.");

    /// <summary>A number from 0 to <paramref name="most"/>.</summary>
    public int ReadIndex(int most) => ReadInt64() is >= 0 and var value && value <= most
        ? (int)value
        : throw new InvalidDataException($"The snapshot holds a number that is not from 0 to {most} where one is needed.");

    /// <summary>Fills all of <paramref name="values"/>, which must be as long as what was written.</summary>
    public void Read<T>(Span<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        RequireLength(bytes.Length);
        for (; bytes.Length > 0; bytes = bytes[Math.Min(SnapshotWriter.PieceBytes, bytes.Length)..])
        {
            ReadPiece(bytes[..Math.Min(SnapshotWriter.PieceBytes, bytes.Length)]);
        }
    }

    /// <inheritdoc cref="Read{T}(Span{T})"/>
    public unsafe void Read<T>(NativeBuffer<T> values)
        where T : unmanaged
    {
        RequireLength(values.Bytes);
        for (var start = 0L; start < values.Bytes; start += SnapshotWriter.PieceBytes)
        {
            var length = (int)Math.Min(SnapshotWriter.PieceBytes, values.Bytes - start);
            ReadPiece(new Span<byte>((byte*)values.Pointer + start, length));
        }
    }

    /// <summary>An array of unknown length, at most <paramref name="most"/> elements.</summary>
    public T[] ReadArray<T>(long most)
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        var bytes = ReadInt64();
        if (bytes < 0 || bytes > Array.MaxLength || bytes % size != 0 || bytes / size > most)
        {
            throw new InvalidDataException($"The snapshot holds an array of {bytes} bytes where at most {most} times {size} make sense.");
        }

        // A forged length must not allocate what the file does not hold.
        var pieces = new MemoryStream();
        var piece = new byte[Math.Min(SnapshotWriter.PieceBytes, bytes)];
        for (var rest = bytes; rest > 0; rest -= piece.Length)
        {
            var some = piece.AsSpan(0, (int)Math.Min(piece.Length, rest));
            ReadPiece(some);
            pieces.Write(some);
        }

        return MemoryMarshal.Cast<byte, T>(pieces.GetBuffer().AsSpan(0, (int)bytes)).ToArray();
    }

    /// <summary>Reads the hash and compares it.</summary>
    public void RequireIntact()
    {
        Span<byte> expected = stackalloc byte[16];
        Span<byte> found = stackalloc byte[16];
        _hash.GetCurrentHash(expected);
        ReadPiece(found);
        if (!expected.SequenceEqual(found))
        {
            throw new InvalidDataException("The snapshot is damaged: its checksum does not match what it holds.");
        }
    }

    private void RequireLength(long bytes)
    {
        if (ReadInt64() is var found && found != bytes)
        {
            throw new InvalidDataException($"The snapshot holds an array of {found} bytes where {bytes} belong to its network.");
        }
    }

    private void ReadPiece(Span<byte> destination)
    {
        Fill();
        var reader = new MessagePackReader(_buffer.AsMemory(_begin, _end - _begin));
        ReadOnlySequence<byte>? piece;
        try
        {
            piece = reader.ReadBytes();
        }
        catch (Exception error) when (error is EndOfStreamException or MessagePackSerializationException)
        {
            throw Broken(error);
        }

        if (piece is not { } bytes || bytes.Length != destination.Length)
        {
            throw new InvalidDataException($"The snapshot holds a piece of {piece?.Length ?? 0} bytes where there should be {destination.Length}.");
        }

        bytes.CopyTo(destination);
        Consume((int)reader.Consumed);
    }

    private T Read<T>(Reading<T> read)
    {
        Fill();
        var reader = new MessagePackReader(_buffer.AsMemory(_begin, _end - _begin));
        try
        {
            var value = read(ref reader);
            Consume((int)reader.Consumed);
            return value;
        }
        catch (Exception error) when (error is EndOfStreamException or MessagePackSerializationException or OverflowException)
        {
            throw Broken(error);
        }
    }

    private InvalidDataException Broken(Exception error) => new(
        _end == _begin ? "The snapshot ends too early." : $"This is no snapshot, or a damaged one: {error.Message}", error);

    private void Fill()
    {
        if (_end - _begin >= LongestValue)
        {
            return;
        }

        _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        _end += source.ReadAtLeast(_buffer.AsSpan(_end), LongestValue - _end, throwOnEndOfStream: false);
    }

    private void Consume(int bytes)
    {
        _hash.Append(_buffer.AsSpan(_begin, bytes));
        _begin += bytes;
    }
}
