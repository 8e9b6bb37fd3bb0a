using SparseProp.Execution.Replicates;
using SparseProp.Results.Checkpoints;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>Which points of a plan can go on from a checkpoint.</summary>
public static class FoundCheckpoints
{
    /// <summary>
    /// Matches plan and checkpoints by key. Those of points that are recorded, or no longer in the plan, are removed.
    /// </summary>
    /// <exception cref="StoreException">They cannot be removed.</exception>
    public static IReadOnlyDictionary<long, Checkpoint> In(SweepPlan plan, RecordedPoints recorded, CheckpointFolder folder)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(folder);
        var found = new Dictionary<long, Checkpoint>();
        var kept = folder.All.ToDictionary(entry => entry.Key, entry => entry.Checkpoint);
        for (var index = 0L; index < plan.Count && kept.Count > 0; index++)
        {
            if (!recorded.Points.Contains(index) && kept.Remove(plan.KeyAt(index), out var checkpoint))
            {
                found[index] = checkpoint;
            }
        }

        foreach (var key in kept.Keys)
        {
            folder.Remove(key);
        }

        return found;
    }
}
