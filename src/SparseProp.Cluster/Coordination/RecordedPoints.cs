using SparseProp.Engine;
using SparseProp.Results;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>Which points of a plan a store holds already.</summary>
/// <param name="Points">Their indices in the plan.</param>
/// <param name="Failed">How many of them are recorded as failed.</param>
public sealed record RecordedPoints(PointSet Points, long Failed)
{
    /// <summary>Matches plan and store by key: the sweep file may have changed since the store was written.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="store">The store.</param>
    /// <param name="retryFailed">Whether points recorded as failed count as not recorded.</param>
    public static RecordedPoints In(SweepPlan plan, ResultStore store, bool retryFailed)
    {
        var points = new PointSet(plan.Count);
        var failed = 0L;
        if (store.RecordedCount == 0)
        {
            return new RecordedPoints(points, failed);
        }

        for (var index = 0L; index < plan.Count; index++)
        {
            var point = plan[index];
            if (!store.TryGet(PointKey.Of(point), out var known) || (retryFailed && known.Status == PointStatus.Failed))
            {
                continue;
            }

            points.Add(index);
            failed += known.Status == PointStatus.Failed ? 1 : 0;
        }

        return new RecordedPoints(points, failed);
    }
}
