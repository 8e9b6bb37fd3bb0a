namespace SparseProp.Engine.Adjoint;

/// <summary>The places of each neuron's spikes in the order of all.</summary>
internal sealed class SpikeOrder
{
    private readonly int[] _first;
    private readonly int[] _places;

    private SpikeOrder(int[] first, int[] places) => (_first, _places) = (first, places);

    public static SpikeOrder Of(SpikingRun run)
    {
        var first = new int[run.Network.Neurons + 1];
        foreach (var neuron in run.Neurons)
        {
            first[neuron + 1]++;
        }

        for (var neuron = 0; neuron < run.Network.Neurons; neuron++)
        {
            first[neuron + 1] += first[neuron];
        }

        var next = first.ToArray();
        var places = new int[run.Neurons.Length];
        for (var place = 0; place < run.Neurons.Length; place++)
        {
            places[next[run.Neurons[place]]++] = place;
        }

        return new SpikeOrder(first, places);
    }

    public int Count(int neuron) => _first[neuron + 1] - _first[neuron];

    /// <summary>How many spikes of <paramref name="other"/> come before a spike of <paramref name="neuron"/>.</summary>
    public int Before(int neuron, int ordinal, int other)
    {
        var place = Array.BinarySearch(_places, _first[other], Count(other), _places[_first[neuron] + ordinal]);
        return ~place - _first[other];
    }
}
