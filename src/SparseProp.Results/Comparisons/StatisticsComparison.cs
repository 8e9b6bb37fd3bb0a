using SparseProp.Results.Comparisons.ModeratedTests;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Comparisons;

/// <summary>A statistic of a group that differs between two stores by more than its replicates' spread explains.</summary>
/// <param name="Group">The parameters of the points, in words.</param>
/// <param name="Statistic">Name of the statistic.</param>
/// <param name="A">In the first store, over the replicates that were compared.</param>
/// <param name="B">In the second store, over as many.</param>
/// <param name="PValue">Of the moderated t test that both means are the same.</param>
public sealed record StatisticDifference(string Group, string Statistic, Estimate A, Estimate B, double PValue);

/// <summary>A statistic that is larger in one of two stores over all groups together, by more than chance explains.</summary>
/// <param name="Statistic">Name of the statistic.</param>
/// <param name="IsLargerInB">Whether it is larger in the second store.</param>
/// <param name="Groups">Number of groups.</param>
/// <param name="PValue">Of the test that there is no such shift.</param>
public sealed record StatisticShift(string Statistic, bool IsLargerInB, int Groups, double PValue);

/// <summary>How small a difference of a statistic would have been found.</summary>
/// <param name="Statistic">Name of the statistic.</param>
/// <param name="Share">
/// Differences of this share of the mean are found four times in five, the median over groups; infinite where none would be.
/// </param>
public sealed record StatisticResolution(string Statistic, double Share);

/// <summary>A statistic of a group that could not be tested, for either store has fewer than two values of it.</summary>
/// <param name="Group">The parameters of the points, in words.</param>
/// <param name="Statistic">Name of the statistic.</param>
/// <param name="ValuesInA">How many replicates of the first store have it.</param>
/// <param name="ValuesInB">How many replicates of the second store have it.</param>
public sealed record UntestedStatistic(string Group, string Statistic, int ValuesInA, int ValuesInB);

/// <summary>Whether the means over replicates are the same in two stores: moderated t tests, see the README of the result store.</summary>
public sealed record StatisticsComparison
{
    /// <summary>The chance of a false alarm anywhere, where values are Gaussian.</summary>
    public const double Significance = 0.01;

    // In standard errors, and zero where all is well: shares of it say nothing.
    private const string WithoutScale = "halves_deviation";

    /// <summary>Groups whose means were tested; those with equal spikes and values need no test.</summary>
    public required int GroupsTested { get; init; }

    /// <summary>Groups that both stores have, with other results and fewer than two replicates in either, in words.</summary>
    public required IReadOnlyList<string> NotCompared { get; init; }

    /// <summary>Statistics that could not be tested in groups of two replicates and more, by statistic.</summary>
    public required IReadOnlyList<UntestedStatistic> Untested { get; init; }

    /// <summary>Statistics of single groups that differ.</summary>
    public required IReadOnlyList<StatisticDifference> Differences { get; init; }

    /// <summary>Statistics that differ over all groups together.</summary>
    public required IReadOnlyList<StatisticShift> Shifts { get; init; }

    /// <summary>What could not have been seen, of each statistic that has a spread.</summary>
    public required IReadOnlyList<StatisticResolution> Resolutions { get; init; }

    /// <summary>
    /// Whether a difference of this share of some statistic's mean would not have been found, be it that the statistic could not be
    /// tested, or that no group with other results could be.
    /// </summary>
    public bool IsCoarserThan(double share) =>
        Resolutions.Any(one => one.Share > share) || Untested.Count > 0 || (GroupsTested == 0 && NotCompared.Count > 0);

    internal static StatisticsComparison Of(
        IReadOnlyList<(string Name, ReplicateGroup Values)> groups, IReadOnlyList<string> statistics, IReadOnlyList<string> notCompared)
    {
        var comparison = ModeratedComparison.Of([.. groups.Select(group => group.Values)], statistics.Count);
        return new StatisticsComparison
        {
            GroupsTested = comparison.Cells.Select(test => test.Cell.Group).Distinct().Count(),
            NotCompared = notCompared,
            Untested = [.. UntestedOf(groups, statistics, [.. comparison.Cells.Select(test => (test.Cell.Group, test.Cell.Statistic))])],
            Differences = [.. comparison.Different.Select(test => Difference(test.Cell, test.PValue))],
            Shifts = [.. comparison.Shifted.Select(shift => new StatisticShift(
                statistics[shift.Statistic],
                shift.Deviate > 0,
                comparison.Cells.Count(test => test.Cell.Statistic == shift.Statistic),
                shift.PValue))],
            Resolutions = [.. statistics.Index()
                .Select(one => (one.Item, Share: comparison.Resolution(one.Index)))
                .Where(one => one.Share is not null && one.Item != WithoutScale)
                .Select(one => new StatisticResolution(one.Item, one.Share!.Value))],
        };

        StatisticDifference Difference(ComparedCell cell, double pValue)
        {
            var (name, values) = groups[cell.Group];
            return new StatisticDifference(name, statistics[cell.Statistic], Mean(values.A, cell.A), Mean(values.B, cell.B), pValue);

            Estimate Mean(IReadOnlyList<Replicate> side, IReadOnlyList<(int Seed, double)> chosen)
            {
                var mean = new EstimateBuilder();
                foreach (var (seed, _) in chosen)
                {
                    mean.Add(side.First(one => one.Seed == seed).Values[cell.Statistic]);
                }

                return mean.Build();
            }
        }
    }

    private static IEnumerable<UntestedStatistic> UntestedOf(
        IReadOnlyList<(string Name, ReplicateGroup Values)> groups, IReadOnlyList<string> statistics, HashSet<(int Group, int Statistic)> tested) =>
        from statistic in statistics.Index()
        from one in groups.Index()
        where !tested.Contains((one.Index, statistic.Index))
        let untested = new UntestedStatistic(
            one.Item.Name, statistic.Item, Values(one.Item.Values.A, statistic.Index), Values(one.Item.Values.B, statistic.Index))
        where untested.ValuesInA + untested.ValuesInB > 0
        select untested;

    private static int Values(IReadOnlyList<Replicate> side, int statistic) => side.Count(one => double.IsFinite(one.Values[statistic]));
}
