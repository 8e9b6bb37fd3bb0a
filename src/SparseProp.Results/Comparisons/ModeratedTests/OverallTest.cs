using MathNet.Numerics.Distributions;

namespace SparseProp.Results.Comparisons.ModeratedTests;

/// <summary>
/// Whether a statistic is shifted the same way in all groups together (Stouffer's sum of normal deviates). Groups that share networks
/// go up and down together; how much is seen from how the sum over groups scatters from seed to seed.
/// </summary>
internal sealed class OverallTest
{
    private readonly int _replicates;

    private OverallTest(double deviate, double scatter, int replicates) => (Deviate, Scatter, _replicates) = (deviate, scatter, replicates);

    /// <summary>Sum of the groups' normal deviates over the root of their number; positive where the second side is larger.</summary>
    public double Deviate { get; }

    /// <summary>Variance over seeds of the sum over groups: 1 where groups have nothing to do with each other.</summary>
    public double Scatter { get; }

    /// <summary>Tests one statistic.</summary>
    /// <param name="cells">Its cells.</param>
    /// <param name="correlation">Of values of equal seeds, see <see cref="SharedSeeds.Correlation"/>.</param>
    /// <returns>Null where fewer than two groups have it, or they have fewer than two seeds in common.</returns>
    public static OverallTest? TryOf(IReadOnlyList<CellTest> cells, double correlation)
    {
        if (cells.Count < 2)
        {
            return null;
        }

        var (a, b) = (CommonSeeds(cell => cell.A), CommonSeeds(cell => cell.B));
        var replicates = Math.Min(a.Count, b.Count);
        if (replicates < 2)
        {
            return null;
        }

        var (scatterA, scatterB) = (SumsBySeed(cell => cell.A, a), SumsBySeed(cell => cell.B, b));
        var both = a.Intersect(b).ToList();
        var scatter = correlation > 0 && both.Count >= 2
            ? Squares([.. both.Select(seed => scatterB[seed] - scatterA[seed])]) / (both.Count - 1) / 2 / (1 - correlation)
            : (Squares(scatterA.Values) + Squares(scatterB.Values)) / (a.Count + b.Count - 2);
        var deviate = cells.Sum(cell => cell.NormalDeviate) / Math.Sqrt(cells.Count);
        return new OverallTest(deviate, scatter, replicates);

        SortedSet<int> CommonSeeds(Func<ComparedCell, IReadOnlyList<(int Seed, double)>> side)
        {
            var common = new SortedSet<int>(side(cells[0].Cell).Select(one => one.Seed));
            foreach (var cell in cells)
            {
                common.IntersectWith(side(cell.Cell).Select(one => one.Seed));
            }

            return common;
        }

        SortedDictionary<int, double> SumsBySeed(Func<ComparedCell, IReadOnlyList<(int Seed, double Value)>> side, SortedSet<int> seeds)
        {
            var sums = new SortedDictionary<int, double>(seeds.ToDictionary(seed => seed, _ => 0.0));
            foreach (var cell in cells.Where(cell => cell.Variance.Value > 0))
            {
                var common = side(cell.Cell).Where(one => seeds.Contains(one.Seed)).ToList();
                var mean = common.Average(one => one.Value);
                foreach (var (seed, value) in common)
                {
                    sums[seed] += (value - mean) / Math.Sqrt(cell.Variance.Value) / Math.Sqrt(cells.Count);
                }
            }

            return sums;
        }
    }

    /// <summary>How probable a shift so large is where there is none.</summary>
    /// <param name="meanScatter">Mean of <see cref="Scatter"/> over all statistics.</param>
    public double PValue(double meanScatter) =>
        2 * StudentT.CDF(0, 1, 4 * (_replicates - 1), -Math.Abs(Deviate) / Math.Sqrt(Math.Max(1, Math.Max(Scatter, meanScatter))));

    private static double Squares(ICollection<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean));
    }
}
