using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Execution.Replicates;

/// <summary>Which points of a plan a store holds already.</summary>
/// <param name="Points">Their indices in the plan.</param>
/// <param name="FailedPoints">Those of them that are recorded as failed; null where there are none.</param>
public sealed record RecordedPoints(PointSet Points, PointSet? FailedPoints)
{
    // Larger plans are not looked through for the fewer records of their store: that takes microseconds for each point, there or not.
    private const long MostLookedThrough = 10_000;

    // A record takes longer to read than a point of the plan to look up.
    private const int PointsForARecord = 16;

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
        if (plan.Count > MostLookedThrough && store.RecordedCount < plan.Count / PointsForARecord)
        {
            foreach (var record in StoreReader.Read(store.Folder))
            {
                // A record of another engine version has a key of its own.
                if (plan.TryIndexOf(record.Parameters, record.Key, out var index) && plan.KeyAt(index) == record.Key)
                {
                    Note(index, record.Status);
                }
            }

            return new RecordedPoints(points, failed);
        }

        for (var index = 0L; index < plan.Count; index++)
        {
            if (among?.Contains(index) == false)
            {
                continue;
            }

            if (store.TryGet(plan.KeyAt(index), out var known))
            {
                Note(index, known.Status);
            }
        }

        return new RecordedPoints(points, failed);

        void Note(long index, PointStatus status)
        {
            if (among?.Contains(index) == false || (retryFailed && status == PointStatus.Failed))
            {
                return;
            }

            points.Add(index);
            if (status == PointStatus.Failed)
            {
                (failed ??= new PointSet(plan.Count)).Add(index);
            }
        }
    }
}
