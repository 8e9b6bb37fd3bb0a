using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Comparisons;

/// <summary>
/// Two stores' results of the same points, whichever release of the program made them. Points are matched by their parameters.
/// </summary>
public sealed record ResultComparison
{
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

    /// <summary>Matched points that were held against each other: those with equal spikes, and those of one version of the engine.</summary>
    public required long Compared { get; init; }

    /// <summary>Means over replicates, held against each other.</summary>
    public required StatisticsComparison Statistics { get; init; }

    /// <summary>What the second store's points cost, all together first and then by group; empty where none can be compared.</summary>
    public required IReadOnlyList<CostRatio> Costs { get; init; }

    /// <summary>Matched points left out of <see cref="Costs"/> because their machine was contended in either store.</summary>
    public required long Contended { get; init; }

    /// <summary>Whether nothing of the two stores could be held against each other, so that they are neither equal nor different.</summary>
    public bool IsEmpty => Compared == 0 && Statistics.GroupsTested == 0;

    /// <summary>Whether no difference was found.</summary>
    public bool IsSame => ContradictionCount == 0 && Statistics.Differences.Count == 0 && Statistics.Shifts.Count == 0;

    /// <summary>Why nothing is known of the second store's costs, in words; null where something is.</summary>
    public string? CostsUnknown => Costs.Count > 0 ? null
        : Matched == 0 ? "no point is in both"
        : Contended == Matched ? "all points in both ran on contended machines"
        : "no point in both has a time that can be compared";

    /// <summary>Whether its points are slower by more than a share of their cost, beyond doubt.</summary>
    public bool IsSlowerThan(double tolerance) => Costs.Any(cost => cost.IsSlowerThan(tolerance));

    /// <param name="folderA">Folder of the first store, the yardstick.</param>
    /// <param name="folderB">Folder of the second store.</param>
    /// <param name="by">What to group cost ratios by.</param>
    /// <param name="onDamage">Is told of every unreadable part of either; what it held is not compared.</param>
    /// <exception cref="StoreException">Either is no store, or cannot be read.</exception>
    public static ResultComparison Of(
        string folderA, string folderB, IReadOnlyList<GroupColumn> by, Action<StoreDamage>? onDamage = null)
    {
        using var matcher = new PointMatcher(folderA);
        var costs = new CostRatios(by);
        long matched = 0, onlyInB = 0, compared = 0, equal = 0, contradictions = 0, contended = 0;
        var first = new List<PointKey>();
        foreach (var b in StoreReader.Read(folderB, only: PointStatus.Ok))
        {
            if (matcher.Find(b) is not { } a)
            {
                onlyInB++;
                continue;
            }

            matched++;
            var isEqual = a.Result!.Digest == b.Result!.Digest;
            equal += isEqual ? 1 : 0;
            compared += isEqual || a.EngineVersion == b.EngineVersion ? 1 : 0;
            if (a.EngineVersion == b.EngineVersion && !PointRecord.SameOutcome(a, b))
            {
                contradictions++;
                if (first.Count < StoreComparison.MostDescribed)
                {
                    first.Add(b.Key);
                }
            }

            if (a.Cost is { Contended: true } || b.Cost is { Contended: true })
            {
                contended++;
            }
            else
            {
                costs.Add(a, b);
            }
        }

        return new ResultComparison
        {
            Matched = matched,
            OnlyInA = matcher.Points - matched,
            OnlyInB = onlyInB,
            Compared = compared,
            EqualDigests = equal,
            Contradictions = first,
            ContradictionCount = contradictions,
            Statistics = new ComparedReplicates(folderA, folderB, onDamage).Compare(),
            Costs = costs.Build(),
            Contended = contended,
        };
    }
}
