namespace SparseProp.Results.Comparisons.ModeratedTests;

/// <summary>A statistic over all groups.</summary>
/// <param name="Statistic">Its number.</param>
/// <param name="Deviate">Sum of the groups' normal deviates over the root of their number; positive where the second side is larger.</param>
/// <param name="PValue">How probable a shift so large is where there is none.</param>
internal sealed record OverallDifference(int Statistic, double Deviate, double PValue);

/// <summary>
/// Means of many statistics of groups of replicates, held against each other: each statistic of each group by itself, and each statistic
/// over all groups. A false alarm anywhere has a chance of 1 % at most where values are Gaussian.
/// </summary>
internal sealed class ModeratedComparison
{
    private const double CellLevel = 0.008;
    private const double OverallLevel = 0.002;

    private ModeratedComparison(IReadOnlyList<CellTest> cells, IReadOnlyList<OverallDifference> overall, bool isOneGroup)
    {
        (Cells, Overall) = (cells, overall);
        Level = isOneGroup ? CellLevel + OverallLevel : CellLevel;
        Different = [.. Holm.Rejected([.. cells.Select(cell => cell.PValue)], Level).Select(place => cells[place])];
        Shifted = isOneGroup ? [] : [.. Holm.Rejected([.. overall.Select(one => one.PValue)], OverallLevel).Select(place => overall[place])];
    }

    /// <summary>All that was tested.</summary>
    public IReadOnlyList<CellTest> Cells { get; }

    /// <summary>Every statistic that was tested over all groups.</summary>
    public IReadOnlyList<OverallDifference> Overall { get; }

    /// <summary>The level of all <see cref="Cells"/> together.</summary>
    public double Level { get; }

    /// <summary>Cells that differ beyond chance.</summary>
    public IReadOnlyList<CellTest> Different { get; }

    /// <summary>Statistics that are shifted in all groups together, beyond chance.</summary>
    public IReadOnlyList<OverallDifference> Shifted { get; }

    /// <summary>Compares.</summary>
    /// <param name="groups">What is compared. Those that are equal bit for bit are better left out: each test makes the others less sharp.</param>
    /// <param name="statistics">How many values each replicate has.</param>
    public static ModeratedComparison Of(IReadOnlyList<ReplicateGroup> groups, int statistics)
    {
        List<ComparedCell> cells = [];
        foreach (var (number, group) in Scaled(groups, statistics).Index())
        {
            cells.AddRange(Enumerable.Range(0, statistics).Select(statistic => ComparedCell.TryOf(number, statistic, group)).OfType<ComparedCell>());
        }

        var variances = ModeratedVariance.Of([.. cells.Select(cell => (cell.Statistic, cell.Variance, cell.Freedom))]);
        var tests = new List<CellTest>();
        var overall = new List<(int Statistic, OverallTest Test)>();
        foreach (var statistic in cells.Zip(variances).GroupBy(one => one.First.Statistic))
        {
            var correlation = SharedSeeds.Correlation([.. statistic]);
            var own = statistic.Select(one => new CellTest(one.First, one.Second, correlation)).ToList();
            tests.AddRange(own);
            if (OverallTest.TryOf(own, correlation) is { } test)
            {
                overall.Add((statistic.Key, test));
            }
        }

        var scatter = overall.Select(one => one.Test.Scatter).DefaultIfEmpty(1).Average();
        return new ModeratedComparison(
            tests,
            [.. overall.Select(one => new OverallDifference(one.Statistic, one.Test.Deviate, one.Test.PValue(scatter)))],
            tests.Select(test => test.Cell.Group).Distinct().Count() <= 1);
    }

    /// <summary>The smallest difference of a statistic that would be found, as a share of its mean: the median over groups, see <see cref="CellTest.Resolution"/>.</summary>
    /// <returns>Null where there is none to tell.</returns>
    public double? Resolution(int statistic)
    {
        var shares = Cells.Where(test => test.Cell.Statistic == statistic)
            .Select(test => test.Resolution(Level / Cells.Count))
            .OfType<double>()
            .Order()
            .ToList();
        return shares.Count == 0 ? null : (shares[(shares.Count - 1) / 2] + shares[shares.Count / 2]) / 2;
    }

    /// <summary>Each statistic times a power of two that brings it near 1: the unit decides nothing, not even by rounding, and squares stay finite.</summary>
    private static IEnumerable<ReplicateGroup> Scaled(IReadOnlyList<ReplicateGroup> groups, int statistics)
    {
        var exponents = new int[statistics];
        for (var statistic = 0; statistic < statistics; statistic++)
        {
            var largest = groups.SelectMany(group => group.A.Concat(group.B))
                .Select(replicate => Math.Abs(replicate.Values[statistic]))
                .Where(double.IsFinite)
                .DefaultIfEmpty(0)
                .Max();
            exponents[statistic] = largest > 0 ? Math.ILogB(largest) : 0;
        }

        return groups.Select(group => new ReplicateGroup(All(group.A), All(group.B)));

        List<Replicate> All(IReadOnlyList<Replicate> side) =>
            [.. side.Select(one => one with { Values = [.. one.Values.Select((value, i) => Math.ScaleB(value, -exponents[i]))] })];
    }
}
