using SparseProp.Engine.Statistics;
using SparseProp.Results.Tables;

namespace SparseProp.Execution.Checks;

/// <summary>
/// Whether a mean lies in a band as far as its replicates can tell, by the rule of ISO 14253-1: what is uncertain is held against
/// nobody. A mean whose truth lies on the edge is found not met in 2.5 of 100 sweeps, where its value alone would do so in 50.
/// </summary>
/// <param name="Name">One of the constants.</param>
/// <param name="SeedsNeeded">
/// Of what is undecided, the seeds that would decide at the present mean and spread; null where no number of them would, or one
/// beyond all means.
/// </param>
public readonly record struct BandVerdict(string Name, long? SeedsNeeded = null)
{
    /// <summary>The mean's 95 % interval lies within the band.</summary>
    public const string Met = "met";

    /// <summary>It lies wholly outside.</summary>
    public const string NotMet = "not_met";

    /// <summary>It reaches over an edge.</summary>
    public const string Undecided = "undecided";

    // The normal distribution's t; no number of seeds has a smaller one.
    private const double LeastQuantile = 1.95996;

    /// <summary>The verdict; by the mean alone where one seed or equal ones tell nothing of how far it is off.</summary>
    /// <param name="estimate">Mean over the seeds; not met where it is over none.</param>
    /// <param name="min">Lower edge; −∞ for none.</param>
    /// <param name="max">Upper edge; +∞ for none.</param>
    public static BandVerdict Of(Estimate estimate, double min, double max)
    {
        var isInside = estimate.Mean >= min && estimate.Mean <= max;
        if (estimate.Count < 2 || estimate.AreEqual)
        {
            return new(isInside ? Met : NotMet);
        }

        var (low, high) = (estimate.Mean - estimate.HalfWidth, estimate.Mean + estimate.HalfWidth);
        return (low >= min && high <= max, high < min || low > max) switch
        {
            (true, _) => new(Met),
            (_, true) => new(NotMet),
            _ => new(Undecided, SeedsFor(estimate, isInside
                ? Math.Min(estimate.Mean - min, max - estimate.Mean)
                : Math.Max(min - estimate.Mean, estimate.Mean - max))),
        };
    }

    /// <summary>The fewest seeds, more than there are, whose interval would reach no further than <paramref name="distance"/>.</summary>
    private static long? SeedsFor(Estimate estimate, double distance)
    {
        var deviation = estimate.StandardError * Math.Sqrt(estimate.Count);
        var atLeast = LeastQuantile * deviation / distance;
        atLeast *= atLeast;
        if (!(atLeast < int.MaxValue / 2))
        {
            return null;
        }

        // Student's t exceeds the normal one by so little that a few steps lead there.
        var seeds = Math.Max(estimate.Count + 1, (int)atLeast);
        while (StudentQuantile.Of(seeds - 1) / Math.Sqrt(seeds) * deviation > distance)
        {
            seeds++;
        }

        return seeds;
    }
}
