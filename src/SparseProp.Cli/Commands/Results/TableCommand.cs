using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Execution.Checks;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Tables;
using SparseProp.Service.Api;
using SparseProp.Sweeps;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results table</c>: means over seeds.</summary>
internal static class TableCommand
{
    public static Command Create()
    {
        var store = StoreSource.Argument();
        var by = new Option<string?>("--by")
        {
            Description = "Parameters to group by; seeds are averaged over. n,k,j0 and all others that vary where nothing is said.",
        };
        var values = new Option<string?>("--values")
        {
            Description = "What to average: statistics and costs, such as rate, cv, fano, lyapunov, wall_s. "
                + $"{NamesOf(ReplicateTable.StandardValues)} where nothing is said, of training {NamesOf(ReplicateTable.TrainingValues)}.",
        };
        var where = PointSelection.Option();
        var format = TableFormatOption.Create();
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "table",
            "Print means over seeds with 95 % confidence intervals, by default rate, irregularity and cost.",
            "sparseprop results table results/scaling-lif --by k,j0 --values rate,cv --where \"n >= 1e5\"",
            "sparseprop results table results/models --by model --where \"model in (lif, qif) and k < 200\" --format markdown",
            "sparseprop results table results/scaling-lif --where \"stationary and not host = node-3\" --format csv")
        {
            store, by, values, where, format, json,
        };
        var source = new StoreSource(command);
        command.SetAction((parsed, cancellation) => source.UseAsync(
            parsed,
            parsed.GetRequiredValue(store),
            folder => Print(
                folder,
                parsed.GetValue(by),
                parsed.GetValue(values),
                parsed.GetValue(where),
                TableFormatOption.In(parsed, format, json)),
            cancellation));
        return command;
    }

    private static int Print(string folder, string? by, string? values, string? where, TableFormat format)
    {
        var columns = ColumnNames.Of(folder);
        var plan = PlanOf(folder);
        var points = new PointSelection(where, columns.Columns, plan);
        var groups = by is null ? null : columns.Parameters("--by", by);
        var averaged = values is null ? null : columns.Values("--values", values);
        var damage = new DamageReport("the table");
        var table = SweepTable.Of(
            plan,
            () =>
            {
                damage.Clear();
                return points.Of(StoreReader.Read(folder, damage.Add));
            },
            columns.Columns,
            groups,
            averaged);
        var isOfSweep = points.AreAll && plan is not null && PointName.ColumnsOf(plan).Select(column => column.Name).SequenceEqual(table.Table.Columns);
        SummaryTable.Print(
            table with { Notes = points.NothingMet is { } nothing ? [nothing] : [.. table.Notes, .. points.OthersLeftOut is { } others ? (string[])[others] : []] },
            format,
            isOfSweep ? new SweepOutcome([], PrecisionCheck.Of(plan!, folder, out _)) : null);
        return damage.Tell();
    }

    /// <summary>The sweep that the store is of; null where it does not say, of which readers are told elsewhere.</summary>
    internal static SweepPlan? PlanOf(string folder)
    {
        try
        {
            return SweepTable.PlanOf(folder);
        }
        catch (StoreException)
        {
            return null;
        }
    }

    private static string NamesOf(IEnumerable<RecordColumn> values) => string.Join(',', values.Select(value => value.Name));
}
