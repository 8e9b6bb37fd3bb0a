using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Cluster.Api;
using SparseProp.Results;
using SparseProp.Results.Tables;
using Spectre.Console;

namespace SparseProp.Cli.Display;

/// <summary>A sweep's answer as a table on standard output, or as JSON.</summary>
internal static class SummaryTable
{
    public static void Print(ReplicateTable table)
    {
        var view = new Table().Border(TableBorder.Simple);
        foreach (var name in table.Columns)
        {
            view.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var name in table.Values.Select(Heading).Append("seeds").Append("failed"))
        {
            view.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var row in table.Rows)
        {
            view.AddRow([
                .. row.Group.Select(Markup.Escape),
                .. row.Values.Select(Text),
                row.Seeds.ToString(CultureInfo.InvariantCulture),
                row.Failed.ToString(CultureInfo.InvariantCulture),
            ]);
        }

        StandardOutput.Write(view);
    }

    public static string Json(ReplicateTable table) => new JsonArray([.. TableDocument.Of(table, damage: []).Rows]).ToString();

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
