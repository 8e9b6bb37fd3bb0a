using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Statistics;

/// <summary>
/// XXH3-128 of a spike train: 12 bytes for each spike, the neuron (from 0) as a 32-bit integer, then the time in seconds as
/// binary64, both little-endian.
/// </summary>
internal sealed class SpikeDigest
{
    private const int SpikeBytes = sizeof(int) + sizeof(double);

    // 12 KiB stay in the first-level cache, and hashing them takes so long that a call costs nothing.
    private readonly byte[] _buffer = new byte[1024 * SpikeBytes];
    private readonly XxHash128 _hash = new();
    private int _filled;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int neuron, double seconds)
    {
        var place = _buffer.AsSpan(_filled, SpikeBytes);
        BinaryPrimitives.WriteInt32LittleEndian(place, neuron);
        BinaryPrimitives.WriteDoubleLittleEndian(place[sizeof(int)..], seconds);
        _filled += SpikeBytes;
        if (_filled == _buffer.Length)
        {
            Flush();
        }
    }

    public UInt128 Value()
    {
        Flush();
        return _hash.GetCurrentHashAsUInt128();
    }

    private void Flush()
    {
        _hash.Append(_buffer.AsSpan(0, _filled));
        _filled = 0;
    }
}
