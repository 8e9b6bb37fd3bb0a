using SparseProp.Results.Comparisons.ModeratedTests;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Comparisons;

/// <summary>
/// The results of two stores, in groups of points that differ only in their seeds: some 8 bytes for each statistic of a point.
/// </summary>
internal sealed class ComparedReplicates
{
    private readonly RecordColumns _columns;
    private readonly ParameterVariety _variety;
    private readonly Dictionary<string, Group> _groups = [];
    private readonly IReadOnlyList<RecordColumn> _statistics;

    /// <summary>Reads both stores once.</summary>
    /// <param name="folderA">Folder of the first.</param>
    /// <param name="folderB">Folder of the second.</param>
    /// <param name="onDamage">Is told of every unreadable part.</param>
    /// <exception cref="StoreException">Either is no store, or cannot be read.</exception>
    public ComparedReplicates(string folderA, string folderB, Action<StoreDamage>? onDamage)
    {
        _columns = RecordColumns.Of(StoreReader.ReadNetwork(folderA)?.With(StoreReader.ReadNetwork(folderB)) ?? StoreReader.ReadNetwork(folderB));
        _variety = new ParameterVariety(_columns);
        _statistics = [.. _columns.All.Where(column => column.Statistic is not null)];
        Read(folderA, onDamage, group => group.A);
        Read(folderB, onDamage, group => group.B);
    }

    /// <summary>Compares the means of all groups that both stores have.</summary>
    public StatisticsComparison Compare()
    {
        var told = GroupColumn.UsualOf(_columns).Union(_variety.Varying).ToList();
        var both = _groups.Values.Where(group => group.A.Count > 0 && group.B.Count > 0).ToList();
        var seeds = both.SelectMany(group => group.A.Keys.Concat(group.B.Keys)).Distinct().Order().Index()
            .ToDictionary(one => one.Item, one => one.Index);
        var unequal = both.Where(group => !group.IsEqual()).ToList();
        var tested = unequal.Where(group => group.IsReplicated)
            .Select(group => (Name: NameOf(group, told), Values: group.Replicates(seeds)))
            .ToList();
        return StatisticsComparison.Of(
            tested, [.. _statistics.Select(statistic => statistic.Name)], [.. unequal.Where(group => !group.IsReplicated).Select(group => NameOf(group, told))]);
    }

    private void Read(string folder, Action<StoreDamage>? onDamage, Func<Group, Dictionary<ReplicateSeeds, Outcome>> sideOf)
    {
        foreach (var record in _variety.Looking(StoreReader.Read(folder, onDamage, PointStatus.Ok)))
        {
            var texts = _variety.All.Select(column => column.Value(record.Parameters)).ToList();
            var name = string.Join('\n', texts);
            if (!_groups.TryGetValue(name, out var group))
            {
                _groups.Add(name, group = new Group(texts));
            }

            sideOf(group)[ReplicateSeeds.Of(record.Parameters)] = new Outcome(
                record.Result!.Digest, [.. _statistics.Select(statistic => statistic.NumberOf(record) ?? double.NaN)]);
        }
    }

    private string NameOf(Group group, List<GroupColumn> columns) => string.Join(
        ", ", _variety.All.Zip(group.Texts).Where(one => columns.Contains(one.First)).Select(one => $"{one.First.Name} = {one.Second}"));

    private sealed record Outcome(UInt128 Digest, double[] Values)
    {
        public bool IsEqual(Outcome other) => Digest == other.Digest && Values.AsSpan().SequenceEqual(other.Values);
    }

    private sealed record Group(IReadOnlyList<string> Texts)
    {
        public Dictionary<ReplicateSeeds, Outcome> A { get; } = [];

        public Dictionary<ReplicateSeeds, Outcome> B { get; } = [];

        public bool IsReplicated => A.Count >= 2 && B.Count >= 2;

        /// <summary>Whether all that can be held against each other has the same spikes and values.</summary>
        public bool IsEqual()
        {
            var (fewer, others) = A.Count <= B.Count ? (A, B) : (B, A);
            return fewer.All(one => others.TryGetValue(one.Key, out var other) && one.Value.IsEqual(other));
        }

        public ReplicateGroup Replicates(Dictionary<ReplicateSeeds, int> seeds)
        {
            return new ReplicateGroup(Of(A), Of(B));

            List<Replicate> Of(Dictionary<ReplicateSeeds, Outcome> side) =>
                [.. side.Select(one => new Replicate(seeds[one.Key], one.Value.Values)).OrderBy(one => one.Seed)];
        }
    }
}
