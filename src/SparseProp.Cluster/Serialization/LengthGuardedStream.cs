using System.Buffers.Binary;
using System.Runtime.Serialization;

namespace SparseProp.Cluster.Serialization;

/// <summary>
/// A message's bytes for Hyperion, which allocates what a length says before it reads what follows. No length can be larger than
/// what is left of the message. Of what Hyperion reads from a control message, four bytes are a length, unless the byte before said
/// that a text of four bytes follows.
/// </summary>
internal sealed class LengthGuardedStream(byte[] message) : MemoryStream(message, writable: false)
{
    /// <summary>A short text is preceded by its length plus one; zero stands for null.</summary>
    public const int FourByteText = 5;

    private int _byteBefore = -1;

    public override int ReadByte() => _byteBefore = base.ReadByte();

    /// <exception cref="SerializationException">The bytes are a length that the message cannot hold.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var isLength = count == sizeof(int) && _byteBefore != FourByteText;
        _byteBefore = -1;
        var read = base.Read(buffer, offset, count);
        if (read != count)
        {
            throw new SerializationException($"The message ends {count - read} bytes early.");
        }

        if (isLength && BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(offset)) is var length && length > Length - Position)
        {
            throw new SerializationException($"A length of {length} with {Length - Position} bytes left.");
        }

        return read;
    }
}
