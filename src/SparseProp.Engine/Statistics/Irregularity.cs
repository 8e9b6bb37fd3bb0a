namespace SparseProp.Engine.Statistics;

/// <summary>
/// How irregular single neurons fire. Means over neurons are over those with at least <see cref="SimulationResult.MinimumIntervals"/>
/// intervals, <see cref="SimulationResult.CvNeurons"/> of them; null where there are none.
/// </summary>
public sealed record Irregularity
{
    /// <summary>Number of bins of <see cref="CvHistogram"/>, 0.05 wide; the last counts all above.</summary>
    public const int CvBins = 60;

    /// <summary>Length in seconds of the windows that spikes are counted in.</summary>
    public const double WindowSeconds = 1;

    /// <summary>Spikes a neuron must have to count in <see cref="Fano"/>.</summary>
    public const int MinimumSpikes = 10;

    /// <summary>Edges of the bins of <see cref="CvHistogram"/>, one more than there are bins: i/20.</summary>
    public static Series CvHistogramEdges { get; } = new(BinEdges.Even(perUnit: 20, CvBins));

    /// <summary>Standard deviation of the neurons' coefficients of variation.</summary>
    public required double? CvSd { get; init; }

    /// <summary>Neurons by coefficient of variation, bin i those from edge i of <see cref="CvHistogramEdges"/> to below the next, the last all above.</summary>
    public required Series CvHistogram { get; init; }

    /// <summary>
    /// Mean over neurons of CV2, the mean of 2|I' − I|/(I' + I) over pairs of successive intervals (Holt et al. 1996): 1 for a
    /// Poisson process, whatever slow changes of its rate.
    /// </summary>
    public required double? Cv2 { get; init; }

    /// <summary>Standard deviation of <see cref="Cv2"/> over neurons.</summary>
    public required double? Cv2Sd { get; init; }

    /// <summary>
    /// Mean over neurons of the local variation LV, the mean of 3((I − I')/(I + I'))² over pairs of successive intervals
    /// (Shinomoto et al. 2003): 1 for a Poisson process.
    /// </summary>
    public required double? Lv { get; init; }

    /// <summary>Standard deviation of <see cref="Lv"/> over neurons.</summary>
    public required double? LvSd { get; init; }

    /// <summary>
    /// Mean Fano factor of spike counts: variance over mean of a neuron's counts in the measurement's full windows of 1 s, over the
    /// neurons with at least <see cref="MinimumSpikes"/> spikes in them; null below two windows or without such neurons.
    /// </summary>
    public required double? Fano { get; init; }

    /// <summary>Number of neurons that <see cref="Fano"/> is a mean over.</summary>
    public required int FanoNeurons { get; init; }

    /// <summary>Share of neurons without a spike in a window of 1 s, the mean over full windows; null without one.</summary>
    public required double? SilentFraction1s { get; init; }

    /// <summary>The bin of <see cref="CvHistogram"/> that a coefficient of variation is in.</summary>
    internal static int BinOf(double cv) => BinEdges.BinOf(CvHistogramEdges.AsSpan(), cv);
}
