using SparseProp.Execution.Replicates;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Execution.Checks;

/// <summary>Whether a store has all points of the sweep that it was last opened for.</summary>
/// <param name="Points">Points of that sweep; of one that says <c>until</c> those that are called for so far.</param>
/// <param name="Present">Those of them that are recorded, failed ones among them.</param>
public sealed record StoreCompleteness(long Points, long Present)
{
    /// <summary>Points without a record.</summary>
    public long Missing => Points - Present;

    /// <summary>Reads through the store, once more where the sweep says <c>until</c>.</summary>
    /// <param name="folder">Folder of the store.</param>
    /// <exception cref="StoreException">It has no manifest, or cannot be read.</exception>
    /// <exception cref="SweepFileException">Its sweep is of a later version of the program.</exception>
    public static StoreCompleteness Of(string folder)
    {
        var manifest = StoreReader.ReadManifest(folder);
        return Of(new SweepPlan(StoredSpec.Of(folder, manifest)), folder);
    }

    /// <inheritdoc cref="Of(string)"/>
    /// <param name="plan">The sweep.</param>
    /// <param name="folder">Folder of the store.</param>
    internal static StoreCompleteness Of(SweepPlan plan, string folder)
    {
        var present = new PointSet(plan.Count);
        foreach (var record in StoreReader.Read(folder))
        {
            if (plan.TryIndexOf(record.Parameters, record.Key, out var index))
            {
                present.Add(index);
            }
        }

        return Replication.Of(plan, new RecordedPoints(present, null), folder) is { } replication
            ? new StoreCompleteness(replication.Needed, replication.Recorded)
            : new StoreCompleteness(plan.Count, present.Count);
    }
}
