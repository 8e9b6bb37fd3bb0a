namespace SparseProp.Results.Comparisons.ModeratedTests;

/// <summary>
/// One statistic of one group: equally many replicates of either side. More on one side than on the other would give false alarms
/// where values are skewed.
/// </summary>
internal sealed class ComparedCell
{
    // Values that are this close to each other, relative to their mean, are equal but for rounding.
    private const double Rounding = 1e-12;

    private ComparedCell(int group, int statistic, (int Seed, double Value)[] a, (int Seed, double Value)[] b, int shared)
    {
        (Group, Statistic, A, B, Shared) = (group, statistic, a, b, shared);
        (MeanA, MeanB) = (a.Average(one => one.Value), b.Average(one => one.Value));
        var variance = (Squares(a, MeanA) + Squares(b, MeanB)) / (2 * (Count - 1));
        var rounding = Rounding * Scale;
        Variance = variance <= rounding * rounding ? 0 : variance;
    }

    /// <summary>Number of the group.</summary>
    public int Group { get; }

    /// <summary>Number of the statistic.</summary>
    public int Statistic { get; }

    /// <summary>Seeds and values of the first side, those of shared seeds first.</summary>
    public IReadOnlyList<(int Seed, double Value)> A { get; }

    /// <summary>Seeds and values of the second side, as many, shared seeds in the same order.</summary>
    public IReadOnlyList<(int Seed, double Value)> B { get; }

    /// <summary>How many seeds are on both sides.</summary>
    public int Shared { get; }

    /// <summary>Replicates of either side, 2 at least.</summary>
    public int Count => A.Count;

    /// <summary>Mean of the first side.</summary>
    public double MeanA { get; }

    /// <summary>Mean of the second side.</summary>
    public double MeanB { get; }

    /// <summary>Variance within sides, pooled over both; exactly 0 where all values of a side are equal but for rounding.</summary>
    public double Variance { get; }

    /// <summary>Degrees of freedom of <see cref="Variance"/>.</summary>
    public int Freedom => 2 * (Count - 1);

    /// <summary>Whether the means are equal but for rounding.</summary>
    public bool MeansAreEqual => Math.Abs(MeanA - MeanB) <= Rounding * Scale;

    private double Scale => Math.Max(Math.Abs(MeanA), Math.Abs(MeanB));

    /// <summary>Chooses as many replicates of either side as the smaller one has: shared seeds first, then in the order of seeds.</summary>
    /// <returns>Null where either side has fewer than two values.</returns>
    public static ComparedCell? TryOf(int group, int statistic, ReplicateGroup replicates)
    {
        var a = ValuesOf(replicates.A, statistic);
        var b = ValuesOf(replicates.B, statistic);
        var count = Math.Min(a.Count, b.Count);
        if (count < 2)
        {
            return null;
        }

        var shared = a.Keys.Where(b.ContainsKey).ToList();
        return new ComparedCell(group, statistic, Chosen(a), Chosen(b), shared.Count);

        (int, double)[] Chosen(SortedDictionary<int, double> side) =>
            [.. shared.Concat(side.Keys.Except(shared)).Take(count).Select(seed => (seed, side[seed]))];
    }

    /// <summary>Sums of products of deviations over the shared seeds: of both sides with each other, and the mean of each with itself.</summary>
    public (double Both, double Each) SharedProducts()
    {
        var (meanA, meanB) = (A.Take(Shared).Average(one => one.Value), B.Take(Shared).Average(one => one.Value));
        double both = 0, each = 0;
        for (var i = 0; i < Shared; i++)
        {
            var (a, b) = (A[i].Value - meanA, B[i].Value - meanB);
            both += a * b;
            each += ((a * a) + (b * b)) / 2;
        }

        return (both, each);
    }

    private static SortedDictionary<int, double> ValuesOf(IReadOnlyList<Replicate> side, int statistic)
    {
        var values = new SortedDictionary<int, double>();
        foreach (var replicate in side.Where(one => double.IsFinite(one.Values[statistic])))
        {
            values[replicate.Seed] = replicate.Values[statistic];
        }

        return values;
    }

    private static double Squares((int Seed, double Value)[] values, double mean) =>
        values.Sum(one => (one.Value - mean) * (one.Value - mean));
}
