using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>Finds the points of a plan that a store has recorded as failed.</summary>
internal static class FailedPoints
{
    /// <summary>Their indices, in order. Reads the whole store.</summary>
    public static IReadOnlyList<long> In(SweepPlan plan, string folder) =>
        [.. StoreReader.Read(folder)
            .Where(record => record.Status == PointStatus.Failed)
            .Select(record => plan.TryIndexOf(record.Parameters, record.Key, out var index) ? index : -1)
            .Where(index => index >= 0)
            .Order()];
}
