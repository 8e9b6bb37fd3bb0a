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

    /// <summary>Shows the observer all that it has not seen yet.</summary>
    public void Deliver<TObserver>(ref TObserver observer)
        where TObserver : struct, ISpikeObserver
    {
        observer.OnSpikes(new ReadOnlySpan<Spike>(_spikes.Pointer, _count));
        _count = 0;
    }

    public void Dispose() => _spikes.Dispose();
}
