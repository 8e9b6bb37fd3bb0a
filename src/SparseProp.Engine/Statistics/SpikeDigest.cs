using System.IO.Hashing;
using System.Runtime.InteropServices;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Statistics;

/// <summary>
/// A chain of XXH3-128 over a spike train. A spike is 16 bytes, the neuron (from 0) as a 64-bit integer and the time in seconds as
/// binary64, both little-endian. Beginning with D = 0, each block of 1024 spikes, the last one shorter, makes D the hash of
/// D (16 bytes, little-endian) and the block.
/// </summary>
/// <remarks>Between two blocks all that the digest knows is D, so a simulation can be saved and go on elsewhere.</remarks>
internal sealed class SpikeDigest
{
    private const int SpikesPerBlock = 1024;

    // D takes the place of the first spike.
    private readonly Spike[] _block = new Spike[SpikesPerBlock + 1];
    private int _filled = 1;

    public void Add(ReadOnlySpan<Spike> spikes)
    {
        while (!spikes.IsEmpty)
        {
            var some = spikes[..Math.Min(spikes.Length, _block.Length - _filled)];
            some.CopyTo(_block.AsSpan(_filled));
            spikes = spikes[some.Length..];
            _filled += some.Length;
            if (_filled == _block.Length)
            {
                var chained = Chained();
                MemoryMarshal.Write(MemoryMarshal.AsBytes(_block.AsSpan()), chained);
                _filled = 1;
            }
        }
    }

    public UInt128 Value() => _filled > 1 ? Chained() : MemoryMarshal.Read<UInt128>(MemoryMarshal.AsBytes(_block.AsSpan()));

    public void Save(SnapshotWriter writer) => writer.Write<Spike>(_block.AsSpan(0, _filled));

    /// <exception cref="InvalidDataException">More than a block was written.</exception>
    public void Restore(SnapshotReader reader)
    {
        var block = reader.ReadArray<Spike>(SpikesPerBlock);
        block.CopyTo(_block, 0);
        _filled = Math.Max(1, block.Length);
    }

    private UInt128 Chained() => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(_block.AsSpan(0, _filled)));
}
