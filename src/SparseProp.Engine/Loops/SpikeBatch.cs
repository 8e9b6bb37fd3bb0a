using System.Runtime.CompilerServices;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Loops;

/// <summary>Spikes on their way to an observer, which sees many at a time.</summary>
internal sealed unsafe class SpikeBatch : IDisposable
{
    /// <summary>16 KiB, which stay in the first-level cache beside the network's hot state.</summary>
    public const int Capacity = 1024;

    private readonly NativeBuffer<Spike> _spikes = new(Capacity);
    private int _count;

    public long Bytes => _spikes.Bytes;

    public int Room => Capacity - _count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<TObserver>(int neuron, double seconds, ref TObserver observer)
        where TObserver : struct, ISpikeObserver
    {
        _spikes.Pointer[_count++] = new Spike(neuron, seconds);
        if (_count == Capacity)
        {
            Deliver(ref observer);
        }
    }

    /// <summary>
    /// Adds spikes, at most as many as there is <see cref="Room"/> for, and returns the last one's time. Rounding must not make
    /// time go back between two spikes at the same instant: none is earlier than the one before it or than <paramref name="last"/>.
    /// </summary>
    [MethodImpl(Compile.AtOnce)]
    public double Add(int* neurons, double* seconds, int count, double last)
    {
        var spikes = _spikes.Pointer + _count;
        for (var i = 0; i < count; i++)
        {
            last = seconds[i] > last ? seconds[i] : last;
            spikes[i] = new Spike(neurons[i], last);
        }

        _count += count;
        return last;
    }

    /// <summary>Shows the observer all that it has not seen yet.</summary>
    public void Deliver<TObserver>(ref TObserver observer)
        where TObserver : struct, ISpikeObserver
    {
        if (_count > 0)
        {
            observer.OnSpikes(new ReadOnlySpan<Spike>(_spikes.Pointer, _count));
            _count = 0;
        }
    }

    public void Dispose() => _spikes.Dispose();
}
