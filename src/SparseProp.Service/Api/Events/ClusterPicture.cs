using System.Collections.Immutable;
using SparseProp.Client.Documents;

namespace SparseProp.Service.Api.Events;

/// <summary>All that events tell of, at one moment. Every part says with which picture it has become as it is.</summary>
/// <param name="Version">Counts the pictures.</param>
/// <param name="Sweeps">The sweeps, by name.</param>
/// <param name="Cluster">The cluster.</param>
internal sealed record ClusterPicture(
    long Version, ImmutableSortedDictionary<string, Dated<SweepDocument>> Sweeps, Dated<ClusterStateDocument> Cluster)
{
    public StateDocument State => new([.. Sweeps.Values.Select(sweep => sweep.Document)], Cluster.Document);

    private bool HasNews => Cluster.Version == Version || Sweeps.Values.Any(sweep => sweep.Version == Version);

    /// <summary>The picture after this one, or this one where nothing has changed.</summary>
    /// <param name="before">This one; null where there is none.</param>
    /// <param name="sweeps">The sweeps now.</param>
    /// <param name="cluster">The cluster now.</param>
    public static ClusterPicture After(ClusterPicture? before, IReadOnlyList<SweepDocument> sweeps, ClusterStateDocument cluster)
    {
        var version = (before?.Version ?? 0) + 1;
        var picture = new ClusterPicture(
            version,
            sweeps.ToImmutableSortedDictionary(
                sweep => sweep.Name,
                sweep => before is not null && before.Sweeps.TryGetValue(sweep.Name, out var known) && IsSame(known.Document, sweep)
                    ? known
                    : new Dated<SweepDocument>(sweep, version),
                StringComparer.Ordinal),
            before is not null && IsSame(before.Cluster.Document, cluster) ? before.Cluster : new Dated<ClusterStateDocument>(cluster, version));
        return before is null || picture.HasNews || picture.Sweeps.Count != before.Sweeps.Count ? picture : before;
    }

    // Records compare their lists by reference.
    private static bool IsSame(SweepDocument one, SweepDocument other) =>
        one.Notices.SequenceEqual(other.Notices) && one with { Notices = other.Notices } == other;

    private static bool IsSame(ClusterStateDocument one, ClusterStateDocument other) =>
        one.Workers.SequenceEqual(other.Workers)
        && one.Members.Count == other.Members.Count
        && one.Members.Zip(other.Members).All(pair => IsSame(pair.First, pair.Second))
        && one with { Workers = other.Workers, Members = other.Members } == other;

    private static bool IsSame(MemberDocument one, MemberDocument other) =>
        one.Roles.SequenceEqual(other.Roles) && one with { Roles = other.Roles } == other;
}

/// <summary>A part of a picture.</summary>
/// <param name="Document">The part.</param>
/// <param name="Version">The first picture in which it was like this.</param>
internal sealed record Dated<T>(T Document, long Version);
