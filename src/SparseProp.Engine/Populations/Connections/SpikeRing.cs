using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Populations.Connections;

/// <summary>
/// The latest spikes of a population, in the order of their ticks and then of their neurons. Whoever reads them keeps a place; places count
/// from the first spike of the simulation.
/// </summary>
internal sealed class SpikeRing
{
    private long[] _ticks = new long[64];
    private int[] _neurons = new int[64];

    /// <summary>Behind the last spike.</summary>
    public long End { get; private set; }

    public long Bytes => _ticks.Length * 12L;

    /// <param name="tick">When.</param>
    /// <param name="neuron">Who.</param>
    /// <param name="oldest">The first place that is still read.</param>
    public void Add(long tick, int neuron, long oldest)
    {
        if (End - oldest == _ticks.Length)
        {
            Grow(oldest);
        }

        var slot = End++ & (_ticks.Length - 1);
        (_ticks[slot], _neurons[slot]) = (tick, neuron);
    }

    /// <summary><see cref="Ticks.Never"/> at the end.</summary>
    public long TickAt(long place) => place < End ? _ticks[place & (_ticks.Length - 1)] : Ticks.Never;

    public int NeuronAt(long place) => _neurons[place & (_ticks.Length - 1)];

    public void Save(SnapshotWriter writer, long oldest)
    {
        writer.Write(oldest);
        var count = (int)(End - oldest);
        var (ticks, neurons) = (new long[count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            (ticks[i], neurons[i]) = (TickAt(oldest + i), NeuronAt(oldest + i));
        }

        writer.Write<long>(ticks);
        writer.Write<int>(neurons);
    }

    /// <param name="reader">Where to read.</param>
    /// <param name="size">Neurons of the population.</param>
    /// <returns>The first place.</returns>
    public long Restore(SnapshotReader reader, int size)
    {
        var oldest = reader.ReadInt64();
        var ticks = reader.ReadArray<long>(Array.MaxLength);
        var neurons = reader.ReadArray<int>(Array.MaxLength);
        if (oldest < 0 || neurons.Length != ticks.Length || neurons.Any(neuron => neuron < 0 || neuron >= size))
        {
            throw new InvalidDataException("The snapshot holds spikes that its network does not have.");
        }

        End = oldest;
        for (var i = 0; i < ticks.Length; i++)
        {
            Add(ticks[i], neurons[i], oldest);
        }

        return oldest;
    }

    private void Grow(long oldest)
    {
        var (ticks, neurons) = (new long[2 * _ticks.Length], new int[2 * _ticks.Length]);
        for (var place = oldest; place < End; place++)
        {
            var slot = place & (ticks.Length - 1);
            (ticks[slot], neurons[slot]) = (TickAt(place), NeuronAt(place));
        }

        (_ticks, _neurons) = (ticks, neurons);
    }
}
