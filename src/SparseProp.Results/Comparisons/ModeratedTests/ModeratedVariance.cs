using MathNet.Numerics;

namespace SparseProp.Results.Comparisons.ModeratedTests;

/// <summary>
/// A cell's variance, drawn towards what the same statistic has in the other groups as far as groups are alike: empirical Bayes
/// with a scaled inverse chi-squared prior (Smyth 2004, doi:10.2202/1544-6115.1027), its parameters from the other groups alone,
/// so that a group with an outlier does not vouch for itself.
/// </summary>
/// <param name="Value">The variance; 0 where neither the cell nor the other groups have any.</param>
/// <param name="PriorFreedom">Degrees of freedom that the other groups add to the cell's own; 0 where they say nothing.</param>
internal readonly record struct ModeratedVariance(double Value, double PriorFreedom)
{
    // Fewer variances of the same statistics say too little about how variances scatter.
    private const int LeastFreedomOfScatter = 8;

    // Other groups never count for more than five replicates on either side.
    private const double MostPriorFreedom = 8;

    /// <summary>Moderates variances, each by those of the same statistic in other groups.</summary>
    /// <param name="cells">Statistic, variance and degrees of freedom of each; variances of 0 are no variances to go by.</param>
    public static IReadOnlyList<ModeratedVariance> Of(IReadOnlyList<(int Statistic, double Variance, int Freedom)> cells)
    {
        var spread = cells.Where(cell => cell.Variance > 0).Select(cell => (cell.Statistic, Log: Logarithm(cell.Variance, cell.Freedom), Sampling: Sampling(cell.Freedom))).ToList();
        var statistics = spread.GroupBy(cell => cell.Statistic).ToDictionary(
            cells => cells.Key, cells => (Count: cells.Count(), Log: cells.Sum(cell => cell.Log), Sampling: cells.Sum(cell => cell.Sampling)));
        var freedom = statistics.Values.Sum(statistic => statistic.Count - 1);
        if (freedom < LeastFreedomOfScatter)
        {
            return [.. cells.Select(cell => new ModeratedVariance(cell.Variance, 0))];
        }

        var scatter = Scatter(spread.Sum(cell => Square(cell.Log - (statistics[cell.Statistic].Log / statistics[cell.Statistic].Count))) / freedom, spread.Average(cell => cell.Sampling));
        return [.. cells.Select(cell =>
        {
            var (count, log, sampling) = statistics.GetValueOrDefault(cell.Statistic);
            if (cell.Variance > 0)
            {
                (count, log, sampling) = (count - 1, log - Logarithm(cell.Variance, cell.Freedom), sampling - Sampling(cell.Freedom));
            }

            return count == 0 ? new ModeratedVariance(cell.Variance, 0) : Moderated(cell.Variance, cell.Freedom, scatter, count, log / count, sampling / count);
        })];
    }

    /// <summary>How much logarithms of true variances scatter between groups, as a variance.</summary>
    /// <param name="observed">Scatter of the observed logarithms.</param>
    /// <param name="sampling">What of it sampling explains.</param>
    private static double Scatter(double observed, double sampling) => Math.Max(0, observed - sampling);

    private static ModeratedVariance Moderated(double variance, int freedom, double scatter, int others, double log, double sampling)
    {
        // The other groups' mean is itself known only so well.
        var uncertainty = scatter + ((scatter + sampling) / others);
        var prior = 2 * Trigamma.Inverse(uncertainty, MostPriorFreedom / 2);
        var typical = Math.Exp(log + SpecialFunctions.DiGamma(prior / 2) - Math.Log(prior / 2));
        return new ModeratedVariance(((prior * typical) + (freedom * variance)) / (prior + freedom), prior);
    }

    // An unbiased estimate of the true variance's logarithm.
    private static double Logarithm(double variance, int freedom) =>
        Math.Log(variance) - SpecialFunctions.DiGamma(freedom / 2.0) + Math.Log(freedom / 2.0);

    private static double Sampling(int freedom) => Trigamma.Of(freedom / 2.0);

    private static double Square(double x) => x * x;
}
