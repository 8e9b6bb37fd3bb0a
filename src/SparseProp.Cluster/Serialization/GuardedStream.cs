using System.Buffers.Binary;
using System.Runtime.Serialization;

namespace SparseProp.Cluster.Serialization;

/// <summary>
/// A message's bytes for Hyperion, which allocates what a length says before it reads what follows. No length can be larger than
/// what is left of the message, and no value lies deeper than those of messages do. Of what Hyperion reads from a control message, four bytes are a length, unless the two bytes
/// before announced a text of four bytes.
/// </summary>
internal sealed class GuardedStream(byte[] message) : MemoryStream(message, writable: false)
{
    // The mark of a text, then its length plus one. Nothing else reads these two one by one and then four bytes.
    private const int TextMark = 7;
    private const int FourBytes = 5;

    // Twice what the deepest message has: parameters in a point in an array of points in a grant.
    private const int MostDepth = 8;

    private (int Second, int Last) _before = (-1, -1);
    private int _depth;

    /// <summary>A value begins that holds others.</summary>
    /// <exception cref="SerializationException">It lies too deep.</exception>
    public void Enter()
    {
        if (++_depth > MostDepth)
        {
            throw new SerializationException($"Values are nested more than {MostDepth} deep.");
        }
    }

    /// <summary>It ends. One that cannot be read does not: nothing is read after it.</summary>
    public void Leave() => _depth--;

    public override int ReadByte()
    {
        var read = base.ReadByte();
        _before = (_before.Last, read);
        return read;
    }

    /// <exception cref="SerializationException">The bytes are a length that the message cannot hold.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var isLength = count == sizeof(int) && _before != (TextMark, FourBytes);
        _before = (-1, -1);
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
