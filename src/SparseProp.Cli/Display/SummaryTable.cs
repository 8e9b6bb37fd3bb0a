using System.Globalization;
using System.Text.Json.Nodes;
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

    public static string Json(ReplicateTable table) =>
        new JsonArray([.. table.Rows.Select(row => JsonOf(table.Columns, row))]).ToString();

    private static JsonObject JsonOf(IReadOnlyList<string> columns, ReplicateRow row)
    {
        var json = new JsonObject();
        for (var i = 0; i < columns.Count; i++)
        {
            var isNumber = double.TryParse(row.Group[i], CultureInfo.InvariantCulture, out var number);
            json[columns[i]] = isNumber ? number : row.Group[i];
        }

        Add(json, "rate_hz", row.RateHz);
        Add(json, "cv_isi", row.CvIsi);
        Add(json, "ns_per_synaptic_event", row.NanosecondsPerSynapticEvent);
        json["seeds"] = row.RateHz.Count;
        json["failed"] = row.Failed;
        return json;
    }

    private static void Add(JsonObject json, string name, Estimate estimate)
    {
        json[name] = Finite(estimate.Mean);
        json[name + "_sem"] = Finite(estimate.StandardError);
    }

    private static JsonNode? Finite(double value) => double.IsFinite(value) ? value : null;

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
