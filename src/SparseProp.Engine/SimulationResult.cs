using SparseProp.Engine.Stability;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine;

/// <summary>What one simulation measured, from the end of its burn-in to its stop.</summary>
public sealed record SimulationResult
{
    /// <summary>Network spikes in the measurement.</summary>
    public required long Spikes { get; init; }

    /// <summary>Length of the measurement in seconds of simulated time.</summary>
    public required double SimulatedSeconds { get; init; }

    /// <summary>Mean firing rate per neuron in Hz: spikes / (n · simulated time). NaN when no time passed.</summary>
    public required double RateHz { get; init; }

    /// <summary>
    /// Coefficient of variation of interspike intervals, the mean over neurons with at least
    /// <see cref="MinimumIntervals"/> intervals; null where no neuron has so many. Finite runs truncate long intervals:
    /// compare only runs of equal length.
    /// </summary>
    public required double? CvIsi { get; init; }

    /// <summary>Number of neurons that <see cref="CvIsi"/> is a mean over.</summary>
    public required int CvNeurons { get; init; }

    /// <summary>Synaptic events in the measurement: each spike's targets.</summary>
    public required long SynapticEvents { get; init; }

    /// <summary>Events from outside in the measurement, one for each neuron that received it; 0 but for networks of populations.</summary>
    public long ExternalEvents { get; init; }

    /// <summary>Memory of state, queue, network and statistics, in bytes per neuron.</summary>
    public required double BytesPerNeuron { get; init; }

    /// <summary>XXH3-128 of neuron and time of every spike in the measurement: equal digests mean equal spike trains.</summary>
    public required UInt128 Digest { get; init; }

    /// <summary>Whether the two halves of the measurement agree; null in results from before it was checked.</summary>
    public Stationarity? Stationarity { get; init; }

    /// <summary>Null unless <see cref="StatisticKinds.Rates"/> were asked for.</summary>
    public RateDistribution? Rates { get; init; }

    /// <summary>Null unless <see cref="StatisticKinds.Irregularity"/> was asked for.</summary>
    public Irregularity? Irregularity { get; init; }

    /// <summary>Null unless <see cref="StatisticKinds.Population"/> was asked for.</summary>
    public PopulationActivity? Population { get; init; }

    /// <summary>Of each population of a network of one's own, in its order; empty for the published network.</summary>
    public PopulationList Populations { get; init; } = PopulationList.Empty;

    /// <summary>
    /// Golomb's χ of the membrane potentials, sampled every 10 ms: the standard deviation of their mean over the root mean variance of
    /// single ones. From order 1/√n where neurons are asynchronous to 1 where they are as one. Null unless
    /// <see cref="StatisticKinds.Chi"/> was asked for, and below two samples.
    /// </summary>
    /// <remarks>
    /// Potentials of the quadratic model have no variance, for they pass through infinity at every spike; e^(iφ) with the phase φ, where
    /// V = √I tan(φ/2), stands for them.
    /// </remarks>
    public double? Chi { get; init; }

    /// <summary>Null unless <see cref="SimulationParameters.LyapunovExponents"/> were asked for.</summary>
    public NetworkStability? Stability { get; init; }

    /// <summary>
    /// Null where the network was not trained. Where it was, spikes and time are those of all its trials together and
    /// <see cref="Digest"/> is that of the trained parameters.
    /// </summary>
    public TrainingResult? Training { get; init; }

    /// <summary>Intervals a neuron must have to count in <see cref="CvIsi"/>.</summary>
    public const int MinimumIntervals = 10;
}
