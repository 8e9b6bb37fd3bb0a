using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations;

namespace SparseProp.Execution.Points;

/// <summary>What of a network of populations decides which code its simulation runs.</summary>
/// <param name="Loop">The event loop.</param>
/// <param name="Models">A bit for each <see cref="PopulationModel"/>, that of sources included.</param>
/// <param name="IsWithoutDelay">Whether spikes act at their own instant.</param>
/// <param name="HasWeights">Whether synapses have weights of their own.</param>
/// <param name="HasDelays">Whether synapses have delays of their own.</param>
/// <param name="Varies">Whether the rate of an input varies in time.</param>
internal sealed record NetworkCode(NetworkLoop Loop, int Models, bool IsWithoutDelay, bool HasWeights, bool HasDelays, bool Varies)
{
    public static NetworkCode Of(NetworkDescription network) => new(
        NetworkLoops.Of(network),
        network.Populations.Aggregate(0, (bits, population) => bits | (1 << (int)population.Model)),
        network.Projections.Count > 0 && network.Projections.All(projection => projection.Delay is { IsConstant: true, First: 0 }),
        network.Projections.Any(projection => !projection.Weight.IsConstant),
        network.Projections.Any(projection => !projection.Delay.IsConstant),
        network.Inputs.Any(input => input.Kind == InputKind.Poisson && !input.Course.IsConstant));

    public bool Has(PopulationModel model) => (Models & (1 << (int)model)) != 0;
}
