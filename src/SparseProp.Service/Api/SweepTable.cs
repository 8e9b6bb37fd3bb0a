using SparseProp.Client.Documents;
using SparseProp.Execution;
using SparseProp.Execution.Checks;
using SparseProp.Results.Manifests;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Tables;
using SparseProp.Sweeps;

namespace SparseProp.Service.Api;

/// <summary>
/// Averages over a store, also while it is written to: the one table that a run ends with, that the coordinator answers with and that is asked
/// for later.
/// </summary>
public static class SweepTable
{
    private static ReadPlan? _last;

    /// <summary>Only points of the plan count: the store may hold others, of earlier files.</summary>
    /// <param name="plan">The sweep's points.</param>
    /// <param name="folder">Folder of its store.</param>
    /// <param name="by">Columns to group by; null for n, k, j0 and whatever else the sweep varies.</param>
    /// <param name="values">What to average; rate, irregularity and cost where null, of training what was learnt, and what <c>until</c> asks for.</param>
    /// <param name="onDamage">Is told of every unreadable part.</param>
    /// <param name="cancellation">Ends the reading between two records.</param>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static StoreTable Of(
        SweepPlan plan,
        string folder,
        IReadOnlyList<GroupColumn>? by = null,
        IReadOnlyList<RecordColumn>? values = null,
        Action<StoreDamage>? onDamage = null,
        CancellationToken cancellation = default) =>
        Of(
            plan,
            () => StoreReader.Read(folder, onDamage).Where(record =>
            {
                cancellation.ThrowIfCancellationRequested();
                return plan.TryIndexOf(record.Parameters, record.Key, out _);
            }),
            PlanColumns.Of(plan.Spec),
            by ?? PointName.ColumnsOf(plan),
            values);

    /// <summary>Of whatever records a store holds.</summary>
    /// <param name="plan">The sweep that the store was opened for last; null where it is not known.</param>
    /// <param name="read">Reads the records anew.</param>
    /// <param name="columns">What they have.</param>
    /// <param name="by">As above, and whatever the records differ in besides.</param>
    /// <param name="values">As above.</param>
    public static StoreTable Of(
        SweepPlan? plan, Func<IEnumerable<PointRecord>> read, RecordColumns columns, IReadOnlyList<GroupColumn>? by, IReadOnlyList<RecordColumn>? values)
    {
        if (plan is null)
        {
            return StoreTable.Of(by, values, read, columns);
        }

        var axes = PointName.ColumnsOf(plan);
        var table = StoreTable.Of(by, values ?? ValuesOf(plan), read, columns, axes);
        return plan.Spec.Until is { } until && axes.All(axis => table.Table.Columns.Contains(axis.Name))
            ? table with { Table = WithAsked(until, table.Table) }
            : table;
    }

    /// <summary>The table of the sweep that the store was opened for last.</summary>
    /// <param name="folder">Folder of the store.</param>
    /// <param name="choose">Chooses what to group by and to average among the columns of the store; null for the usual.</param>
    /// <param name="cancellation">Ends the reading between two records.</param>
    internal static TableDocument Read(
        string folder, Func<RecordColumns, (IReadOnlyList<GroupColumn>? By, IReadOnlyList<RecordColumn>? Values)> choose, CancellationToken cancellation)
    {
        var plan = PlanOf(folder);
        var (by, values) = choose(PlanColumns.Of(plan.Spec));
        List<StoreDamage> damage = [];
        var table = Of(plan, folder, by, values, damage.Add, cancellation).Table;
        return TableDocument.Of(table, [.. damage.Select(part => part.Message)], SweepOutcome.Of(plan, folder));
    }

    /// <summary>The points of the sweep that the store was opened for last.</summary>
    /// <exception cref="StoreException">The store does not say what they are.</exception>
    public static SweepPlan PlanOf(string folder)
    {
        var manifest = StoreReader.ReadManifest(folder);
        try
        {
            return PlanOf(folder, manifest);
        }
        catch (SweepFileException unreadable)
        {
            throw new StoreException($"{folder} holds a sweep file that this release cannot read: {unreadable.Message}", unreadable);
        }
    }

    // Large files take seconds to be read, and a page that follows a sweep asks for its points again and again.
    private static SweepPlan PlanOf(string folder, Manifest manifest)
    {
        if (Volatile.Read(ref _last) is { } last
            && last.SpecText == manifest.SpecText
            && last.DataFiles.SequenceEqual(manifest.DataFiles)
            && last.Plan.TryGetTarget(out var known))
        {
            return known;
        }

        var plan = new SweepPlan(StoredSpec.Of(folder, manifest));
        if (manifest.DataFiles.Count > 0)
        {
            Volatile.Write(ref _last, new ReadPlan(manifest.SpecText, manifest.DataFiles, new WeakReference<SweepPlan>(plan)));
        }

        return plan;
    }

    /// <summary>
    /// Where seeds were added until an interval was reached, no narrower one is told than was asked for. The seeds of the first round were
    /// named in advance, so that their interval is what it is.
    /// </summary>
    private static ReplicateTable WithAsked(Until until, ReplicateTable table) => table with
    {
        Rows = [.. table.Rows.Select(row => row.Seeds + row.Failed <= until.FirstReplicates
            ? row
            : row with { Values = [.. table.Values.Zip(row.Values, (value, mean) => WithAsked(until, value, mean))] })],
    };

    private static Estimate WithAsked(Until until, RecordColumn value, Estimate estimate)
    {
        var asked = until.IsRelative ? until.HalfWidth * Math.Abs(estimate.Mean) : until.HalfWidth;
        return value.Name == until.Statistic.Name && estimate.HalfWidth <= asked ? estimate with { LeastHalfWidth = asked } : estimate;
    }

    private static IReadOnlyList<RecordColumn> ValuesOf(SweepPlan plan)
    {
        var usual = plan.Spec.Training is null ? ReplicateTable.StandardValues : ReplicateTable.TrainingValues;
        return plan.Spec.Until is { } until ? [.. usual.Union(ReplicateTable.Named([until.Statistic.Name]))] : usual;
    }

    /// <summary>The plan of a sweep that names files, as long as somebody uses it.</summary>
    private sealed record ReadPlan(string SpecText, IReadOnlyList<DataFile> DataFiles, WeakReference<SweepPlan> Plan);
}
