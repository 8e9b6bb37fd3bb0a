using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Neurons;

namespace SparseProp.Engine.Populations;

/// <summary>What a network of populations takes.</summary>
internal static class NetworkMemory
{
    // The number of synapses of each neuron.
    private const int BytesPerDegree = 4;
    private const int BytesPerPotential = 8;
    private const int BytesPerDue = 24;
    private const int BytesPerRow = 8;
    private const int BytesPerTarget = 4;
    private const int BytesPerOwnValue = 8;

    // Place and weight; tick and place.
    private const int BytesPerInput = 12;
    private const int BytesPerGivenEvent = 12;

    // A list of arrivals that grows is twice as large as what is in it, and its predecessor is not collected yet.
    private const int BytesPerArrival = 2 * 24;

    /// <summary>Neurons and, on average, synapses.</summary>
    public static long LeastBytes(NetworkDescription network) => ToBytes(NeuronsAndSynapses(network));

    /// <summary>
    /// As <see cref="LeastBytes"/>, with room for all synapses of delays of their own to have an input on its way: what a network needs whose
    /// neurons spike together. Where each spikes at its own time, few have.
    /// </summary>
    public static long FullBytes(NetworkDescription network)
    {
        var sizes = SizesOf(network);
        return ToBytes(NeuronsAndSynapses(network)
            + network.Projections.Where(projection => !projection.Delay.IsConstant).Sum(projection => SynapsesOf(projection, sizes) * BytesPerArrival));
    }

    /// <summary>Synapses of a neuron, on average.</summary>
    public static double MeanOutDegree(NetworkDescription network)
    {
        var sizes = SizesOf(network);
        return network.Projections.Sum(projection => SynapsesOf(projection, sizes)) / network.Neurons;
    }

    private static double NeuronsAndSynapses(NetworkDescription network)
    {
        var sizes = SizesOf(network);
        var loop = NetworkLoops.Of(network);
        var bytes = network.Populations.Sum(population => (double)population.Size * BytesPerNeuron(population, loop));
        foreach (var projection in network.Projections)
        {
            var each = BytesPerTarget + (projection.Weight.IsConstant ? 0 : BytesPerOwnValue) + (projection.Delay.IsConstant ? 0 : BytesPerOwnValue);
            bytes += ((double)sizes[projection.From.Population] * BytesPerRow) + (SynapsesOf(projection, sizes) * each);
        }

        var given = network.Populations.Select(population => population.Spikes).Concat(network.Inputs.Select(input => input.Spikes));
        return bytes
            + network.Inputs.Sum(input => (double)Draws.Selections.CountOf(input.To, sizes[input.To.Population]) * BytesPerInput)
            + given.Sum(spikes => (double)(spikes?.Seconds.Count ?? 0) * BytesPerGivenEvent);
    }

    private static int BytesPerNeuron(Population population, NetworkLoop loop) => BytesPerDegree + (
        population.IsSource ? 0
        : loop == NetworkLoop.Epochs ? BytesPerPotential
        : PulseNeurons<LeakyMembrane>.BytesPerNeuron + (population.FiresAlone ? BytesPerDue : 0));

    private static Dictionary<string, int> SizesOf(NetworkDescription network) =>
        network.Populations.ToDictionary(population => population.Name, population => population.Size);

    private static double SynapsesOf(Projection projection, Dictionary<string, int> sizes) => NetworkRules.SynapsesOf(
        projection,
        Draws.Selections.CountOf(projection.From, sizes[projection.From.Population]),
        Draws.Selections.CountOf(projection.To, sizes[projection.To.Population]));

    private static long ToBytes(double bytes) => bytes < long.MaxValue ? (long)bytes : long.MaxValue;
}
