namespace SparseProp.Engine.Statistics;

/// <summary>Firing rates of single neurons: ν_i = n_i/T of a neuron that spiked n_i times in a measurement of length T.</summary>
public sealed record RateDistribution
{
    /// <summary>Number of bins in <see cref="Histogram"/>: ten for each factor of ten from 1 mHz to 1 kHz.</summary>
    public const int Bins = 60;

    /// <summary>Edges in Hz of the bins of <see cref="Histogram"/>, one more than there are bins: 10^(−3 + i/10).</summary>
    public static Series HistogramEdgesHz { get; } = new(BinEdges.TenPerDecade(lowestExponent: -3, Bins));

    /// <summary>Which percentiles <see cref="PercentilesHz"/> are.</summary>
    public static Series Percentiles { get; } = new([1, 5, 25, 50, 75, 95, 99]);

    /// <summary>Standard deviation over neurons in Hz. It contains the counts' own noise, which falls as T grows.</summary>
    public required double SdHz { get; init; }

    /// <summary>The rates below which the <see cref="Percentiles"/> of the neurons lie, in Hz, interpolated linearly.</summary>
    public required Series PercentilesHz { get; init; }

    /// <summary>
    /// Neurons by rate: bin i counts those from edge i of <see cref="HistogramEdgesHz"/> to below the next, the first and last all
    /// beyond them too. Silent neurons are in none.
    /// </summary>
    public required Series Histogram { get; init; }

    /// <summary>Share of neurons without a spike in the whole measurement; falls as the measurement grows.</summary>
    public required double SilentFraction { get; init; }

    /// <summary>
    /// Pearson's correlation of the neurons' rates with their in-degrees, the number of synapses they receive; null where either does
    /// not vary. Inhibition makes it strongly negative, the best single check of a network's wiring.
    /// </summary>
    public required double? InDegreeCorrelation { get; init; }

    /// <summary>Slope in Hz per synapse of the line fitted to rates over in-degrees by least squares; null where these do not vary.</summary>
    public required double? InDegreeSlopeHz { get; init; }

    /// <summary>The bin of <see cref="Histogram"/> that a rate above 0 is in.</summary>
    internal static int BinOf(double rate) => BinEdges.BinOf(HistogramEdgesHz.AsSpan(), rate);
}
