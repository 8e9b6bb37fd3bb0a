using SparseProp.Results;
using SparseProp.Results.Tables;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Api;

/// <summary>Averages over a store, also while it is written to.</summary>
internal static class SweepTable
{
    /// <summary>Only points of the sweep's present file count: the store may hold others, of earlier ones.</summary>
    /// <param name="folder">Folder of the store.</param>
    /// <param name="by">Columns to group by; null for n, k, j0 and whatever else the sweep varies.</param>
    /// <param name="cancellation">Ends the reading between two records.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static TableDocument Read(string folder, IReadOnlyList<GroupColumn>? by, CancellationToken cancellation)
    {
        var manifest = StoreReader.ReadManifest(folder);
        var plan = new SweepPlan(SweepFile.Parse(manifest.SpecText, $"{manifest.Sweep}.yaml"));
        List<StoreDamage> damage = [];
        var table = ReplicateTable.Of(
            StoreReader.Read(folder, damage.Add).Where(record =>
            {
                cancellation.ThrowIfCancellationRequested();
                return plan.TryIndexOf(record.Parameters, out _);
            }),
            by ?? GroupColumn.Named(GroupsOf(plan)));
        return TableDocument.Of(table, [.. damage.Select(part => part.Message)]);
    }

    private static IEnumerable<string> GroupsOf(SweepPlan plan)
    {
        var axes = plan.Axes.Where(axis => !axis.IsReplicate).Select(axis => axis.Name);
        return GroupColumn.All.Select(column => column.Name).Where(name => name is "n" or "k" or "j0" || axes.Contains(name));
    }
}
