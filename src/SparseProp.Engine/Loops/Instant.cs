using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Loops;

/// <summary>
/// Who has spiked at the present instant, where only neurons in step spike together: a neuron spikes only once in an instant, and
/// excitation that reaches it later in the same instant is lost.
/// </summary>
/// <param name="n">Number of neurons.</param>
internal sealed unsafe class Instant(int n) : IDisposable
{
    private readonly NativeBuffer<ulong> _spiked = new((n + 63L) / 64);
    private readonly List<int> _neurons = [];
    private double _key = double.NaN;

    public long Bytes => _spiked.Bytes;

    /// <summary>Whether <paramref name="key"/> is the present instant's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAt(double key) => key == _key;

    /// <summary>Another instant, at which nobody has spiked yet.</summary>
    /// <param name="key">A number that differs between instants that follow each other.</param>
    public void Begin(double key)
    {
        Clear();
        _key = key;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasSpiked(int neuron) => (_spiked.Pointer[neuron >> 6] & (1UL << neuron)) != 0;

    public void Add(int neuron)
    {
        _spiked.Pointer[neuron >> 6] |= 1UL << neuron;
        _neurons.Add(neuron);
    }

    /// <summary>Whatever spikes next does so at another instant.</summary>
    public void Leave() => Begin(double.NaN);

    public void Save(SnapshotWriter writer)
    {
        writer.Write(_key);
        writer.Write<int>(CollectionsMarshal.AsSpan(_neurons));
    }

    /// <exception cref="InvalidDataException">A neuron is not of this network.</exception>
    public void Restore(SnapshotReader reader)
    {
        Clear();
        _key = reader.ReadDouble();
        foreach (var neuron in reader.ReadArray<int>(n))
        {
            if (neuron < 0 || neuron >= n)
            {
                throw new InvalidDataException($"The snapshot names neuron {neuron} of {n}.");
            }

            Add(neuron);
        }
    }

    public void Dispose() => _spiked.Dispose();

    private void Clear()
    {
        foreach (var neuron in _neurons)
        {
            _spiked.Pointer[neuron >> 6] &= ~(1UL << neuron);
        }

        _neurons.Clear();
    }
}
