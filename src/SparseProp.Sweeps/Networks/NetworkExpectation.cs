using System.Runtime.CompilerServices;
using SparseProp.Engine;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations;

namespace SparseProp.Sweeps.Networks;

/// <summary>
/// What a network is expected to do in a simulated second, to a factor of a few: rates are those of <see cref="NetworkRates"/>. Finite and not
/// negative.
/// </summary>
internal sealed class NetworkExpectation
{
    // Above what any machine can run, and small enough to be multiplied.
    private const double Most = 1e30;

    // Points that differ in seeds share a description, and tables of it are not kept longer than it is.
    private static readonly ConditionalWeakTable<NetworkDescription, NetworkExpectation> Known = [];

    private NetworkExpectation(NetworkDescription network)
    {
        var summary = new NetworkSummary(network);
        var rates = NetworkRates.Of(summary);
        Loop = NetworkLoops.Of(network);
        Synapses = summary.Synapses;
        var ratesByName = network.Populations.Zip(rates).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        foreach (var projection in summary.Projections)
        {
            var events = projection.Synapses * ratesByName[projection.Projection.From.Population];
            RecurrentPerSecond += events;
            if (!projection.Projection.Delay.IsConstant)
            {
                OwnDelayPerSecond += events;
                OwnValues += projection.Synapses;
            }

            OwnValues += projection.Projection.Weight.IsConstant ? 0 : projection.Synapses;
        }

        RateHz = network.Populations.Sum(population => population.Size * ratesByName[population.Name]) / network.Neurons;
        HasExponential = network.Populations.Any(population => population.Model == PopulationModel.Eif);
        InputsPerSecond = Math.Min(summary.Inputs.Sum(input => input.EventsPerSecond), Most);
        RecurrentPerSecond = Math.Min(RecurrentPerSecond, Most);
        OwnDelayPerSecond = Math.Min(OwnDelayPerSecond, Most);
    }

    public NetworkLoop Loop { get; }

    /// <summary>Mean rate of all neurons, sources among them, in Hz.</summary>
    public double RateHz { get; }

    public double Synapses { get; }

    /// <summary>Weights and delays that synapses have of their own.</summary>
    public double OwnValues { get; }

    /// <summary>Events from outside.</summary>
    public double InputsPerSecond { get; }

    /// <summary>Spikes of neurons and sources, each times its synapses.</summary>
    public double RecurrentPerSecond { get; }

    /// <summary>Those of them that arrive each at its own time.</summary>
    public double OwnDelayPerSecond { get; }

    /// <summary>Whether some neurons are exponential, whose potential takes long to bring forward.</summary>
    public bool HasExponential { get; }

    /// <summary>Simulated seconds of a length, expected where it is in spikes; finite.</summary>
    public double SecondsOf(RunLength length, int neurons) => Math.Min(Most, length.Unit switch
    {
        RunUnit.Seconds => length.Amount,
        _ when length.Amount == 0 => 0,
        RunUnit.SpikesPerNeuron => length.Amount / RateHz,
        _ => length.Amount / (RateHz * neurons),
    });

    /// <summary>Computed once for a description.</summary>
    public static NetworkExpectation Of(NetworkDescription network) => Known.GetValue(network, static description => new(description));
}
