using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Results;
using SparseProp.Results.Filters;
using SparseProp.Results.Tables;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results table</c>: means over seeds.</summary>
internal static class TableCommand
{
    private const string StandardGroups = "n,k,j0";

    public static Command Create()
    {
        var store = StoreSource.Argument();
        var by = new Option<string>("--by")
        {
            Description = "Parameters to group by; seeds are averaged over.",
            DefaultValueFactory = _ => StandardGroups,
        };
        var values = new Option<string>("--values")
        {
            Description = "What to average: statistics and costs, such as rate, cv, fano, lyapunov, wall_s.",
            DefaultValueFactory = _ => string.Join(',', ReplicateTable.StandardValues.Select(value => value.Name)),
        };
        var where = new Option<string?>("--where")
        {
            Description = "Only points of which this holds: columns compared with values, joined by and, or, not.",
        };
        var format = TableFormatOption.Create();
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "table",
            "Print means over seeds with their standard errors, by default rate, irregularity and cost.",
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
                parsed.GetRequiredValue(by),
                parsed.GetRequiredValue(values),
                parsed.GetValue(where),
                TableFormatOption.In(parsed, format, json)),
            cancellation));
        return command;
    }

    private static int Print(string folder, string by, string values, string? where, TableFormat format)
    {
        var groups = ColumnNames.Parameters("--by", by);
        var averaged = ColumnNames.Values("--values", values);
        var filter = where is null ? null : FilterOf(where);
        var damage = new DamageReport("the table");
        var records = StoreReader.Read(folder, damage.Add).Where(record => filter is null || filter.Matches(record));
        SummaryTable.Print(ReplicateTable.Of(records, groups, averaged), format);
        return damage.Tell();
    }

    private static RecordFilter FilterOf(string where)
    {
        try
        {
            return RecordFilter.Parse(where);
        }
        catch (ArgumentException error)
        {
            throw new UserError(ExitCode.Invalid, error.Message);
        }
    }
}
