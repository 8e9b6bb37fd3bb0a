using MathNet.Numerics.Distributions;
using SparseProp.Engine;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Comparisons;

/// <summary>A statistic that differs between two stores by more than its replicates' spread explains.</summary>
/// <param name="Group">The parameters of the points, in words.</param>
/// <param name="Statistic">Name of the statistic.</param>
/// <param name="A">In the first store.</param>
/// <param name="B">In the second store.</param>
/// <param name="PValue">Of Welch's test that both means are the same.</param>
public sealed record StatisticDifference(string Group, string Statistic, Estimate A, Estimate B, double PValue);

/// <summary>How many times as much CPU time points of the second store took as the same points of the first.</summary>
/// <param name="Group">The parameters of the points, in words; empty for all points together.</param>
/// <param name="Ratio">Geometric mean over points.</param>
/// <param name="Low">Lower end of the ratio's 95 % confidence interval; 0 where there is but one point.</param>
/// <param name="High">Its upper end; infinite where there is but one point.</param>
/// <param name="Points">Number of points.</param>
public sealed record CostRatio(string Group, double Ratio, double Low, double High, int Points);

/// <summary>
/// Two stores' results of the same points, whichever release of the program made them. Points are matched by their parameters.
/// </summary>
public sealed record ResultComparison
{
    /// <summary>How improbable a difference must be before it is told, divided by the number of comparisons.</summary>
    public const double Significance = 0.01;

    /// <summary>Points with a result in both.</summary>
    public required long Matched { get; init; }

    /// <summary>Points with a result in the first store only.</summary>
    public required long OnlyInA { get; init; }

    /// <summary>Points with a result in the second store only.</summary>
    public required long OnlyInB { get; init; }

    /// <summary>Matched points with the same spikes.</summary>
    public required long EqualDigests { get; init; }

    /// <summary>Matched points of one version of the engine whose spikes or statistics differ, which must not be; the first of them.</summary>
    public required IReadOnlyList<PointKey> Contradictions { get; init; }

    /// <summary>How many of them there are.</summary>
    public required long ContradictionCount { get; init; }

    /// <summary>Statistics whose means over replicates differ.</summary>
    public required IReadOnlyList<StatisticDifference> Statistics { get; init; }

    /// <summary>Groups that both have, with fewer than two replicates in either, whose statistics therefore cannot be compared.</summary>
    public required long Unreplicated { get; init; }

    /// <summary>What the second store's points cost, all together first and then by group; empty where none can be compared.</summary>
    public required IReadOnlyList<CostRatio> Costs { get; init; }

    /// <summary>Matched points left out of <see cref="Costs"/> because their machine was contended in either store.</summary>
    public required long Contended { get; init; }

    /// <summary>Whether the second store says the same as the first.</summary>
    public bool IsSame => ContradictionCount == 0 && Statistics.Count == 0;

    /// <summary>Whether its points are slower by more than a share of their cost, beyond doubt of the confidence interval.</summary>
    public bool IsSlowerThan(double tolerance) => Costs.Any(cost => cost.Low > 1 + tolerance);

    /// <param name="folderA">Folder of the first store, the yardstick.</param>
    /// <param name="folderB">Folder of the second store.</param>
    /// <param name="by">What to group cost ratios by.</param>
    /// <exception cref="StoreException">Either is no store, or cannot be read.</exception>
    public static ResultComparison Of(string folderA, string folderB, IReadOnlyList<GroupColumn> by)
    {
        using var matcher = new PointMatcher(folderA);
        var costs = new CostRatios(by);
        long matched = 0, onlyInB = 0, equal = 0, contradictions = 0, contended = 0;
        var first = new List<PointKey>();
        foreach (var b in StoreReader.Read(folderB).Where(record => record.Result is not null))
        {
            if (matcher.Find(b.Parameters) is not { } a)
            {
                onlyInB++;
                continue;
            }

            matched++;
            equal += a.Result!.Digest == b.Result!.Digest ? 1 : 0;
            if (a.EngineVersion == b.EngineVersion && !PointRecord.SameOutcome(a, b))
            {
                contradictions++;
                if (first.Count < StoreComparison.MostDescribed)
                {
                    first.Add(b.Key);
                }
            }

            if (a.Cost is { Contended: false } && b.Cost is { Contended: false })
            {
                costs.Add(a, b);
            }
            else
            {
                contended++;
            }
        }

        var (statistics, unreplicated) = StatisticsOf(folderA, folderB);
        return new ResultComparison
        {
            Matched = matched,
            OnlyInA = matcher.Points - matched,
            OnlyInB = onlyInB,
            EqualDigests = equal,
            Contradictions = first,
            ContradictionCount = contradictions,
            Statistics = statistics,
            Unreplicated = unreplicated,
            Costs = costs.Build(),
            Contended = contended,
        };
    }

    private static (IReadOnlyList<StatisticDifference> Differences, long Unreplicated) StatisticsOf(string folderA, string folderB)
    {
        var values = ReplicateTable.Named(Statistic.All.Select(statistic => statistic.Name));
        var variety = new ParameterVariety();
        var a = RowsOf(folderA).ToDictionary(KeyOf);
        var pairs = new List<(ReplicateRow Row, StatisticDifference Difference)>();
        var unreplicated = 0L;
        foreach (var row in RowsOf(folderB))
        {
            if (a.TryGetValue(KeyOf(row), out var other))
            {
                unreplicated += row.Seeds < 2 || other.Seeds < 2 ? 1 : 0;
                pairs.AddRange(values.Select((value, i) => (row, new StatisticDifference(
                    "", value.Name, other.Values[i], row.Values[i], PValue(other.Values[i], row.Values[i])))));
            }
        }

        var tested = pairs.Count(pair => !double.IsNaN(pair.Difference.PValue));
        var told = ParameterVariety.Usual.Union(variety.Varying).ToList();
        return (
            [.. pairs.Where(pair => pair.Difference.PValue < Significance / tested).Select(pair => pair.Difference with { Group = NameOf(pair.Row, told) })],
            unreplicated);

        IReadOnlyList<ReplicateRow> RowsOf(string folder) =>
            ReplicateTable.Of(variety.Looking(StoreReader.Read(folder)), GroupColumn.All, values).Rows;
    }

    private static string KeyOf(ReplicateRow row) => string.Join('\n', row.Group);

    private static string NameOf(ReplicateRow row, List<GroupColumn> columns) => string.Join(
        ", ", GroupColumn.All.Zip(row.Group).Where(one => columns.Contains(one.First)).Select(one => $"{one.First.Name} = {one.Second}"));

    // Welch's test; NaN where there are no two replicates in both. Replicates without any spread differ, or not.
    private static double PValue(Estimate a, Estimate b)
    {
        if (a.Count < 2 || b.Count < 2)
        {
            return double.NaN;
        }

        var (squareA, squareB) = (a.StandardError * a.StandardError, b.StandardError * b.StandardError);
        var error = Math.Sqrt(squareA + squareB);
        if (error <= 1e-12 * Math.Abs(a.Mean))
        {
            return Math.Abs(a.Mean - b.Mean) <= 1e-12 * Math.Abs(a.Mean) ? 1 : 0;
        }

        var freedom = (squareA + squareB) * (squareA + squareB)
            / ((squareA * squareA / (a.Count - 1)) + (squareB * squareB / (b.Count - 1)));
        return 2 * StudentT.CDF(0, 1, freedom, -Math.Abs(a.Mean - b.Mean) / error);
    }
}
