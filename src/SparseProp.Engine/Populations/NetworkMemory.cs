using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Neurons;

namespace SparseProp.Engine.Populations;

/// <summary>What a network of populations takes.</summary>
internal static class NetworkMemory
{
    // Values and state of a neuron, its row in each projection, its number of synapses.
    private const int BytesPerNeuron = PulseNeurons<LeakyMembrane>.BytesPerNeuron + 4;
    private const int BytesPerRow = 8;
    private const int BytesPerTarget = 4;
    private const int BytesPerOwnValue = 8;

    // An input's place and weight.
    private const int BytesPerInput = 12;

    /// <summary>Neurons and, on average, synapses.</summary>
    public static long LeastBytes(NetworkDescription network)
    {
        var populations = network.Populations.ToDictionary(population => population.Name);
        var bytes = (double)network.Neurons * BytesPerNeuron;
        foreach (var projection in network.Projections)
        {
            var (from, to) = (populations[projection.From.Population], populations[projection.To.Population]);
            var synapses = NetworkRules.SynapsesOf(
                projection, Draws.Selections.CountOf(projection.From, from.Size), Draws.Selections.CountOf(projection.To, to.Size));
            var each = BytesPerTarget + (projection.Weight.IsConstant ? 0 : BytesPerOwnValue) + (projection.Delay.IsConstant ? 0 : BytesPerOwnValue);
            bytes += ((double)from.Size * BytesPerRow) + (synapses * each);
        }

        bytes += network.Inputs.Sum(input => (double)populations[input.To.Population].Size * BytesPerInput);
        return bytes < long.MaxValue ? (long)bytes : long.MaxValue;
    }

    /// <summary>Synapses of a neuron, on average.</summary>
    public static double MeanOutDegree(NetworkDescription network)
    {
        var populations = network.Populations.ToDictionary(population => population.Name, population => population.Size);
        return network.Projections.Sum(projection => NetworkRules.SynapsesOf(
            projection,
            Draws.Selections.CountOf(projection.From, populations[projection.From.Population]),
            Draws.Selections.CountOf(projection.To, populations[projection.To.Population]))) / network.Neurons;
    }
}
