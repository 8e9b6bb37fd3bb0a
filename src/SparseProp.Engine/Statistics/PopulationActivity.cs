namespace SparseProp.Engine.Statistics;

/// <summary>
/// The spikes of all neurons together, counted in bins that begin with the measurement. Only full bins count; what needs two of them
/// is null where there are fewer.
/// </summary>
public sealed record PopulationActivity
{
    /// <summary>Population Fano factor, the counts' variance over their mean, in bins of 1 ms. 1 where neurons are independent
    /// Poisson processes; of order 1 whatever the network's size where they are asynchronous, else proportional to it.</summary>
    public required double? Fano1ms { get; init; }

    /// <summary>As <see cref="Fano1ms"/>, in bins of 10 ms.</summary>
    public required double? Fano10ms { get; init; }

    /// <summary>As <see cref="Fano1ms"/>, in bins of 100 ms.</summary>
    public required double? Fano100ms { get; init; }

    /// <summary>As <see cref="Fano1ms"/>, in bins of 1 s.</summary>
    public required double? Fano1s { get; init; }

    /// <summary>
    /// Mean correlation of two neurons' counts in full windows of 1 s: their covariance, averaged over all pairs, over the neurons' mean
    /// variance, (Var Σc_i − Σ Var c_i)/((n − 1) Σ Var c_i). The mean of the pairs' own coefficients where all neurons have the same
    /// variance; elsewhere neurons that vary more weigh more.
    /// </summary>
    public required double? MeanCorrelation1s { get; init; }

    /// <summary>Golomb's χ of counts in windows of 1 s: the square root of Var(mean of c_i) over the mean of Var c_i.</summary>
    public required double? CountChi1s { get; init; }

    /// <summary>Width in seconds of the bins of <see cref="Activity"/>: 1 ms times the power of two that leaves at most 256 bins.</summary>
    public required double ActivityBinSeconds { get; init; }

    /// <summary>Spikes in each bin of <see cref="ActivityBinSeconds"/>.</summary>
    public required Series Activity { get; init; }

    /// <summary>
    /// Autocovariance of the population's counts in bins of 1 ms divided by their mean, at <see cref="AutocorrelationLagSeconds"/>:
    /// at lag 0 the population Fano factor, elsewhere 0 for independent Poisson processes. Beyond the first lags, counts are of longer
    /// bins (multi-tau; Schätzel 1988), scaled to the same unit.
    /// </summary>
    public required Series Autocorrelation { get; init; }

    /// <summary>Lags of <see cref="Autocorrelation"/> in seconds.</summary>
    public required Series AutocorrelationLagSeconds { get; init; }
}
