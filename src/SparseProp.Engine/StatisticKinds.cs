using SparseProp.Engine.Statistics;

namespace SparseProp.Engine;

/// <summary>What a measurement gathers beside the spikes' digest, the rate and the check of the burn-in.</summary>
[Flags]
public enum StatisticKinds
{
    /// <summary>Nothing more: no memory.</summary>
    Rate = 0,

    /// <summary>Coefficient of variation of each neuron's interspike intervals: 32 bytes for each neuron.</summary>
    Cv = 1,

    /// <summary>
    /// The rates' distribution over neurons and their correlation with the in-degree, see <see cref="RateDistribution"/>: 8 bytes for
    /// each neuron without <see cref="Cv"/>, and at the end one pass over all synapses.
    /// </summary>
    Rates = 2,

    /// <summary>CV and beyond it CV2, LV and Fano factors, see <see cref="Irregularity"/>: 80 bytes for each neuron.</summary>
    Irregularity = 4,

    /// <summary>Counts and correlations of the whole population, see <see cref="PopulationActivity"/>: 24 bytes for each neuron.</summary>
    Population = 8,

    /// <summary>
    /// Golomb's synchrony measure of the membrane potentials: 32 bytes for each neuron, and one pass over all neurons for every
    /// 10 ms of simulated time.
    /// </summary>
    Chi = 16,
}
