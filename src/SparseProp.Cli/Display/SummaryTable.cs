using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Cluster.Api;
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

        foreach (var name in (string[])["rate (Hz)", "CV of ISI", "ns/syn. event", "seeds", "failed"])
        {
            view.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var row in table.Rows)
        {
            view.AddRow([
                .. row.Group.Select(Markup.Escape),
                Text(row.RateHz, 4),
                Text(row.CvIsi, 4),
                Text(row.NanosecondsPerSynapticEvent, 2),
                row.RateHz.Count.ToString(CultureInfo.InvariantCulture),
                row.Failed.ToString(CultureInfo.InvariantCulture),
            ]);
        }

        StandardOutput.Write(view);
    }

    public static string Json(ReplicateTable table) => new JsonArray([.. TableDocument.Of(table, damage: []).Rows]).ToString();

    private static string Text(Estimate estimate, int digits)
    {
        var format = "F" + digits;
        if (estimate.Count == 0)
        {
            return "-";
        }

        var mean = estimate.Mean.ToString(format, CultureInfo.InvariantCulture);
        return estimate.Count == 1 ? mean : $"{mean} ± {estimate.StandardError.ToString(format, CultureInfo.InvariantCulture)}";
    }
}
