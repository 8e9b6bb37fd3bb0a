using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace SparseProp.Cluster.Tests.Hosting.Security;

/// <summary>Protocol buffers, written field by field: whatever a forger likes.</summary>
internal sealed class ProtocolBuffer
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    public ProtocolBuffer Number(int field, ulong value)
    {
        WriteVarint(((ulong)field << 3) | Varint);
        WriteVarint(value);
        return this;
    }

    public ProtocolBuffer Fixed(int field, ulong value)
    {
        WriteVarint(((ulong)field << 3) | Fixed64);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    public ProtocolBuffer Text(int field, string value) => Content(field, Encoding.UTF8.GetBytes(value));

    public ProtocolBuffer Message(int field, ProtocolBuffer value) => Content(field, value.ToArray());

    public ProtocolBuffer Content(int field, ReadOnlySpan<byte> value)
    {
        Head(field, value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>What says that so many bytes follow.</summary>
    public ProtocolBuffer Head(int field, int length)
    {
        WriteVarint(((ulong)field << 3) | Bytes);
        WriteVarint((ulong)length);
        return this;
    }

    private void WriteVarint(ulong value)
    {
        for (; value > 127; value >>= 7)
        {
            _bytes.Write([(byte)(value | 128)]);
        }

        _bytes.Write([(byte)value]);
    }
}
