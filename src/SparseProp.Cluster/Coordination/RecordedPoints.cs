using SparseProp.Engine;
using SparseProp.Results;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>Which points of a plan a store holds already.</summary>
/// <param name="Points">Their indices in the plan.</param>
/// <param name="FailedPoints">Those of them that are recorded as failed; null where there are none.</param>
public sealed record RecordedPoints(PointSet Points, PointSet? FailedPoints)
{
    /// <summary>How many of them are recorded as failed.</summary>
    public long Failed => FailedPoints?.Count ?? 0;

    /// <summary>Matches plan and store by key: the sweep file may have changed since the store was written.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="store">The store.</param>
    /// <param name="retryFailed">Whether points recorded as failed count as not recorded.</param>
    /// <param name="among">The points that are asked about; null for all.</param>
    public static RecordedPoints In(SweepPlan plan, ResultStore store, bool retryFailed, PointSet? among = null)
    {
        var points = new PointSet(plan.Count);
        if (store.RecordedCount == 0)
        {
            return new RecordedPoints(points, null);
        }

        PointSet? failed = null;

        for (var index = 0L; index < plan.Count; index++)
        {
            if (among?.Contains(index) == false)
            {
                continue;
            }

            var point = plan[index];
            if (!store.TryGet(PointKey.Of(point), out var known) || (retryFailed && known.Status == PointStatus.Failed))
            {
                continue;
            }

            points.Add(index);
            if (known.Status == PointStatus.Failed)
            {
                (failed ??= new PointSet(plan.Count)).Add(index);
            }
        }

        return new RecordedPoints(points, failed);
    }
}
