using System.Buffers.Binary;
using System.IO.Hashing;

namespace SparseProp.Engine.Statistics;

/// <summary>
/// XXH3-128 of a spike train: 12 bytes for each spike, the neuron (from 0) as a 32-bit integer, then the time in seconds as
/// binary64, both little-endian.
/// </summary>
internal sealed class SpikeDigest
{
    private const int SpikeBytes = sizeof(int) + sizeof(double);
    private const int MostAtOnce = 256;

    private readonly byte[] _buffer = new byte[MostAtOnce * SpikeBytes];
    private readonly XxHash128 _hash = new();

    public void Add(ReadOnlySpan<Spike> spikes)
    {
        while (!spikes.IsEmpty)
        {
            var some = spikes[..Math.Min(spikes.Length, MostAtOnce)];
            spikes = spikes[some.Length..];
            var rest = _buffer.AsSpan();
            foreach (var spike in some)
            {
                BinaryPrimitives.WriteInt32LittleEndian(rest, spike.Neuron);
                BinaryPrimitives.WriteDoubleLittleEndian(rest[sizeof(int)..], spike.Seconds);
                rest = rest[SpikeBytes..];
            }

            _hash.Append(_buffer.AsSpan(0, some.Length * SpikeBytes));
        }
    }

    public UInt128 Value() => _hash.GetCurrentHashAsUInt128();
}
