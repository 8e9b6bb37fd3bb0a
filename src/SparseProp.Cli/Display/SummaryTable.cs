using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Cluster.Api;
using SparseProp.Results;
using SparseProp.Results.Tables;

namespace SparseProp.Cli.Display;

/// <summary>A sweep's answer as a table on standard output.</summary>
internal static class SummaryTable
{
    public static void Print(ReplicateTable table, TableFormat format = TableFormat.Terminal)
    {
        switch (format)
        {
            case TableFormat.Json:
                Console.Out.WriteLine(Json(table));
                break;
            case TableFormat.Csv:
                GridWriter.Write(ForPrograms(table), format);
                break;
            default:
                GridWriter.Write(ForPeople(table), format);
                break;
        }
    }

    public static string Json(ReplicateTable table) => new JsonArray([.. TableDocument.Of(table, damage: []).Rows]).ToString();

    /// <summary>Means with their standard errors.</summary>
    private static Grid ForPeople(ReplicateTable table) => new(
        [.. table.Columns.Concat(table.Values.Select(Heading)).Append("seeds").Append("failed").Select(name => new GridColumn(name, true))],
        table.Rows.Select(row => (IReadOnlyList<object?>)[.. row.Group, .. row.Values.Select(Text), row.Seeds, row.Failed]));

    /// <summary>The names and numbers of <see cref="TableDocument.Rows"/>.</summary>
    private static Grid ForPrograms(ReplicateTable table)
    {
        IReadOnlyList<string> names =
        [
            .. table.Columns,
            .. table.Values.SelectMany(value => (string[])[value.Name, value.Name + "_sem", value.Name + "_n"]),
            "seeds",
            "failed",
        ];
        return new Grid(
            [.. names.Select(name => new GridColumn(name, true))],
            TableDocument.Of(table, damage: []).Rows.Select(row => (IReadOnlyList<object?>)[.. names.Select(name => row[name]?.ToString())]));
    }

    private static string Heading(RecordColumn value) => value.Name switch
    {
        "rate_hz" => "rate (Hz)",
        "cv_isi" => "CV of ISI",
        "ns_per_synaptic_event" => "ns/syn. event",
        _ => value.Unit.Length == 0 ? value.Name : $"{value.Name} ({value.Unit})",
    };

    /// <summary>Mean and standard error, to two digits of the latter where there is one.</summary>
    private static string Text(Estimate estimate)
    {
        if (estimate.Count == 0)
        {
            return "-";
        }

        var digits = DecimalsOf(estimate.StandardError > 0 ? estimate.StandardError / 10 : Math.Abs(estimate.Mean) / 1e4);
        var format = "F" + digits;
        var mean = estimate.Mean.ToString(format, CultureInfo.InvariantCulture);
        return estimate.Count == 1 ? mean : $"{mean} ± {estimate.StandardError.ToString(format, CultureInfo.InvariantCulture)}";
    }

    private static int DecimalsOf(double resolution) =>
        resolution > 0 ? (int)Math.Clamp(Math.Ceiling(-Math.Log10(resolution) - 0.5), 0, 9) : 0;
}
