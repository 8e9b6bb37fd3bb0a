namespace SparseProp.Results.Comparisons.ModeratedTests;

/// <summary>How far a statistic of equal seeds goes up and down together on both sides.</summary>
internal static class SharedSeeds
{
    // One-sided 95 % of the normal distribution.
    private const double Confidence = 1.645;

    // Nothing is known so well that the rest of the difference's error does not matter.
    private const double MostCorrelation = 0.95;

    private const int LeastFreedom = 3;

    /// <summary>
    /// The lower 95 % bound of the correlation of values of equal seeds, over all groups (Fisher's transformation): it counts as far
    /// as it is proved. 0 where it is not.
    /// </summary>
    /// <param name="cells">The statistic's cells and their moderated variances.</param>
    public static double Correlation(IReadOnlyList<(ComparedCell Cell, ModeratedVariance Variance)> cells)
    {
        double both = 0, each = 0;
        var freedom = 0;
        foreach (var (cell, variance) in cells.Where(one => one.Cell.Shared >= 2 && one.Variance.Value > 0))
        {
            var products = cell.SharedProducts();
            both += products.Both / (cell.Shared - 1) / variance.Value;
            each += products.Each / (cell.Shared - 1) / variance.Value;
            freedom += cell.Shared - 1;
        }

        if (freedom < LeastFreedom || each <= 0)
        {
            return 0;
        }

        // Within -1 and 1 but for rounding.
        var correlation = Math.Clamp(both / each, -1, 1);
        return Math.Clamp(Math.Tanh(Math.Atanh(correlation) - (Confidence / Math.Sqrt(freedom - 1))), 0, MostCorrelation);
    }
}
