using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Loops;

/// <summary>
/// Who has spiked at the present instant. Excitation can bring a neuron to threshold at the very instant of the input; a neuron
/// spikes only once in an instant, and excitation that reaches it later in the same instant is lost.
/// </summary>
/// <remarks>
/// Neurons that spike at one instant often go on in step, up to rounding, for example where inputs of one instant cancel. So that
/// rounding does not decide in which order they spike next, an instant lasts for <see cref="Length"/>.
/// </remarks>
/// <param name="n">Number of neurons.</param>
internal sealed unsafe class Instant(int n) : IDisposable
{
    /// <summary>In τ: above the errors that rounding and tables make in one event, and far below what any statistic can see.</summary>
    public const double Length = 1e-11;

    private readonly NativeBuffer<ulong> _spiked = new((n + 63L) / 64);
    private readonly List<int> _neurons = [];
    private double _key = double.NaN;

    public long Bytes => _spiked.Bytes;

    /// <summary>How many have spiked at this instant so far.</summary>
    public int Count => _neurons.Count;

    /// <summary>
    /// A neuron is about to spike at the instant with this key, a number that differs between instants that follow each other.
    /// Returns whether it is another instant than before, at which nobody has spiked yet.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Begins(double key)
    {
        if (IsAt(key))
        {
            return false;
        }

        Begin(key);
        return true;
    }

    /// <summary>Whether <paramref name="key"/> is the present instant's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAt(double key) => key == _key;

    /// <summary>Another instant, at which nobody has spiked yet.</summary>
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
