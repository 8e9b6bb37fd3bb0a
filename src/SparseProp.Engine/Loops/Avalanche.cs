using System.Numerics;
using System.Runtime.CompilerServices;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Loops;

/// <summary>
/// The spikes of one instant, generation by generation. Those who are due by their own drive are the first generation; all of a
/// generation deliver together, and whom the sum of what reached them brings to threshold are the next one. A neuron spikes once.
/// </summary>
/// <remarks>
/// An instant is worked through before its first spike is shown: <see cref="NextGeneration"/> until there is none, and each
/// generation's spikes by <see cref="NextSource"/>. Inhibition comes first, so what excitation brings to threshold stays there,
/// and the first arrival that does so settles the test of the sum. All of that may stop anywhere and go on later.
/// </remarks>
/// <param name="n">Number of neurons.</param>
internal sealed unsafe class Avalanche(int n) : IDisposable
{
    /// <summary>
    /// How long an instant lasts, in τ: above the errors that rounding and tables make in one event, and far below what any statistic
    /// can see. Neurons that spike at one instant often go on in step, up to rounding, which shall not part them.
    /// </summary>
    public const double Length = 1e-11;

    /// <summary>How near to the threshold is at it, as a share of the distance from the reset: a sum of inputs may reach it up to rounding.</summary>
    public const double Tolerance = 1.0 / (1L << 44);

    private readonly NativeBuffer<ulong> _spiked = new((n + 63L) / 64);
    private NativeBuffer<int> _neurons = new(Math.Min(n, 64));
    private int _begin;
    private int _end;
    private int _inhibitory;

    // Of the present generation; below 0 so many have yet to be reset.
    private int _delivered;
    private int _shown;

    public long Bytes => _spiked.Bytes + _neurons.Bytes;

    /// <summary>The key that all spikes of the instant have.</summary>
    public double Key { get; private set; }

    /// <summary>How many neurons spike at this instant, as far as is known.</summary>
    public int Count { get; private set; }

    /// <summary>How many spikes of the instant have not been shown yet.</summary>
    public int Pending => Count - _shown;

    /// <summary>How long an instant of leaky neurons lasts: where the drive is weak, as long as V needs for the tolerance at the threshold.</summary>
    public static double LengthAt(double drive) => Math.Max(Length, Tolerance / drive);

    /// <summary>Another instant, at which nobody has spiked yet.</summary>
    public void Begin(double key)
    {
        for (var i = 0; i < Count; i++)
        {
            var neuron = _neurons.Pointer[i];
            _spiked.Pointer[neuron >> 6] &= ~(1UL << neuron);
        }

        (Key, Count, _begin, _end, _inhibitory, _delivered, _shown) = (key, 0, 0, 0, 0, 0, 0);
    }

    /// <summary>Whether the neuron has spiked at this instant or is of the generation that comes next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(int neuron) => (_spiked.Pointer[neuron >> 6] & (1UL << neuron)) != 0;

    /// <summary>A neuron that is not contained belongs to the next generation.</summary>
    public void Add(int neuron)
    {
        if (Count == _neurons.Length)
        {
            _neurons = _neurons.GrownTo(Math.Min(n, 2L * Count));
        }

        _spiked.Pointer[neuron >> 6] |= 1UL << neuron;
        _neurons.Pointer[Count++] = neuron;
    }

    /// <summary>Moves on to the next generation once the present one is delivered; false where it was the last.</summary>
    /// <param name="excitatory">How many neurons are excitatory: those with the lowest numbers.</param>
    public bool NextGeneration(int excitatory)
    {
        if (_end == Count)
        {
            return false;
        }

        (_begin, _end, _delivered) = (_end, Count, _end - Count);
        Sort(_neurons.Pointer + _begin, _end - _begin);

        FindInhibitory(excitatory);
        return true;
    }

    /// <summary>The next neurons of the generation that have to be reset, which all are before any delivers; none behind the last.</summary>
    public ReadOnlySpan<int> NextResets(int most)
    {
        if (_delivered >= 0)
        {
            return [];
        }

        var next = new ReadOnlySpan<int>(_neurons.Pointer + _end + _delivered, Math.Min(-_delivered, most));
        _delivered += next.Length;
        return next;
    }

    /// <summary>The next neuron of the generation that has to deliver, all inhibitory ones before the excitatory; −1 behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextSource()
    {
        var i = _inhibitory + _delivered;
        if (i >= _end)
        {
            i -= _end - _begin;
            if (i >= _inhibitory)
            {
                return -1;
            }
        }

        _delivered++;
        return _neurons.Pointer[i];
    }

    /// <summary>Writes the next neurons in the order of output, and returns how many.</summary>
    public int Show(int* neurons, int most)
    {
        var count = Math.Min(most, Pending);
        for (var i = 0; i < count; i++)
        {
            neurons[i] = _neurons.Pointer[_shown + i];
        }

        _shown += count;
        return count;
    }

    /// <summary>Writes what is left of the instant.</summary>
    public void Save(SnapshotWriter writer)
    {
        var isPending = Pending > 0;
        writer.Write(Key);
        writer.Write<int>(new ReadOnlySpan<int>(_neurons.Pointer, isPending ? Count : 0));
        writer.Write<int>(isPending ? [_begin, _end, _delivered, _shown] : [0, 0, 0, 0]);
    }

    /// <param name="reader">Where another one wrote to.</param>
    /// <param name="excitatory">How many neurons are excitatory.</param>
    /// <exception cref="InvalidDataException">What is read is no instant of this network.</exception>
    public void Restore(SnapshotReader reader, int excitatory)
    {
        Begin(reader.ReadDouble());
        foreach (var neuron in reader.ReadArray<int>(n))
        {
            if (neuron < 0 || neuron >= n || Contains(neuron))
            {
                throw new InvalidDataException($"The snapshot's instant names neuron {neuron} of {n}, or twice.");
            }

            Add(neuron);
        }

        Span<int> positions = stackalloc int[4];
        reader.Read(positions);
        (_begin, _end, _delivered, _shown) = (positions[0], positions[1], positions[2], positions[3]);
        if (_begin < 0 || _end < _begin || _end > Count || Math.Abs((long)_delivered) > _end - _begin || _shown < 0 || _shown > Count)
        {
            throw new InvalidDataException("The snapshot's instant has more generations than spikes.");
        }

        FindInhibitory(excitatory);
    }

    public void Dispose()
    {
        _spiked.Dispose();
        _neurons.Dispose();
    }

    // Nobody can end it meanwhile: millions of neurons take as long as a look at a bit for each.
    private void Sort(int* neurons, int count)
    {
        if (count <= _spiked.Length)
        {
            new Span<int>(neurons, count).Sort();
            return;
        }

        using var bits = new NativeBuffer<ulong>(_spiked.Length);
        for (var i = 0; i < count; i++)
        {
            bits.Pointer[neurons[i] >> 6] |= 1UL << neurons[i];
        }

        for (var word = 0; word < bits.Length; word++)
        {
            for (var left = bits.Pointer[word]; left != 0; left &= left - 1)
            {
                *neurons++ = (word << 6) + BitOperations.TrailingZeroCount(left);
            }
        }
    }

    private void FindInhibitory(int excitatory)
    {
        var (low, high) = (_begin, _end);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            (low, high) = _neurons.Pointer[middle] < excitatory ? (middle + 1, high) : (low, middle);
        }

        _inhibitory = low;
    }
}
