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

    /// <summary>Memory of state, queue, network and statistics, in bytes per neuron.</summary>
    public required double BytesPerNeuron { get; init; }

    /// <summary>XXH3-128 of neuron and time of every spike in the measurement: equal digests mean equal spike trains.</summary>
    public required UInt128 Digest { get; init; }

    /// <summary>Intervals a neuron must have to count in <see cref="CvIsi"/>.</summary>
    public const int MinimumIntervals = 10;
}
