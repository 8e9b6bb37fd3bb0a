using SparseProp.Execution.Replicates;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Execution.Checks;

/// <summary>Holds a sweep's results against what its <c>until</c> asks for.</summary>
public static class PrecisionCheck
{
    /// <summary>
    /// One outcome for each group of replicates that gets no more of them, in the order of the plan; none for a file without <c>until</c>. Reads
    /// the store once, and keeps the statistic of every point.
    /// </summary>
    /// <param name="plan">The sweep's points.</param>
    /// <param name="folder">Folder of its store.</param>
    /// <param name="points">Points that are to be run, as far as is known.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static IReadOnlyList<PrecisionOutcome> Of(SweepPlan plan, string folder, out long points)
    {
        points = plan.Count;
        if (plan.Spec.Until is not { } until)
        {
            return [];
        }

        var replication = new Replication(until, plan.Count);
        var values = new Dictionary<long, double>();
        foreach (var record in StoreReader.Read(folder))
        {
            if (plan.TryIndexOf(record.Parameters, record.Key, out var index))
            {
                replication.Report(index, record);
                values[index] = replication.ValueOf(record);
                replication.OnRecorded(index, record.Status == PointStatus.Failed);
            }
        }

        points = replication.Needed;
        return [.. replication.Decided.OrderBy(group => group.First).Select(group => Outcome(plan, until, group.First, group.Open, values))];
    }

    private static PrecisionOutcome Outcome(SweepPlan plan, Until until, long first, int open, Dictionary<long, double> values)
    {
        var precision = until.PrecisionOf([.. Enumerable.Range(0, open).Select(replicate => values[first + replicate])]);
        return new PrecisionOutcome(
            until.Statistic.Name,
            PointName.Of(plan, plan[first]),
            open,
            precision.Count,
            precision.IsReached,
            Finite(precision.Mean),
            Finite(precision.HalfWidth),
            Finite(precision.Asked),
            until.IsRelative ? until.HalfWidth : null);
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
