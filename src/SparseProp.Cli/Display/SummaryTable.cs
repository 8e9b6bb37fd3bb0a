using System.Text.Json.Nodes;
using SparseProp.Cluster.Api;
using SparseProp.Results;
using SparseProp.Results.Tables;

namespace SparseProp.Cli.Display;

/// <summary>A sweep's answer as a table on standard output.</summary>
internal static class SummaryTable
{
    /// <summary>Prints the table, and on standard error what its marks say.</summary>
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

        foreach (var note in table.Notes())
        {
            Console.Error.WriteLine($"sparseprop: {note}");
        }
    }

    public static string Json(ReplicateTable table) => new JsonArray([.. TableDocument.Of(table, damage: []).Rows]).ToString();

    /// <summary>Means with their 95 % confidence intervals.</summary>
    private static Grid ForPeople(ReplicateTable table) => new(
        [
            .. table.Columns.Concat(table.Values.Select((value, i) => HeadingOf(table, value, i))).Append("seeds").Append("failed")
                .Select(name => new GridColumn(name, true, RankOf(name, table))),
        ],
        table.Rows.Select(row => (IReadOnlyList<object?>)[.. row.Group, .. table.TextsOf(row), row.Seeds, row.Failed]));

    /// <summary>The names and numbers of <see cref="TableDocument.Rows"/>.</summary>
    private static Grid ForPrograms(ReplicateTable table)
    {
        IReadOnlyList<string> names =
        [
            .. table.Columns,
            .. table.Values.SelectMany(value => TableDocument.NamesOf(value.Name)),
            .. TableDocument.Counts,
        ];
        return new Grid(
            [.. names.Select(name => new GridColumn(name, true))],
            TableDocument.Of(table, damage: []).Rows.Select(row => (IReadOnlyList<object?>)[.. names.Select(name => row[name]?.ToString())]));
    }

    private static string HeadingOf(ReplicateTable table, RecordColumn value, int i) =>
        Heading(value) + (table.Rows.Any(row => row.Values[i] is { Count: > 1, AreEqual: false }) ? " ± 95 %" : "");

    // What a row is about stays, then what was measured.
    private static int RankOf(string name, ReplicateTable table) => table.Columns.Contains(name) ? 0 : name is "seeds" or "failed" ? 2 : 1;

    private static string Heading(RecordColumn value) => value.Name switch
    {
        "rate_hz" => "rate (Hz)",
        "cv_isi" => "CV of ISI",
        "ns_per_synaptic_event" => "ns/syn. event",
        _ => value.Unit.Length == 0 ? value.Name : $"{value.Name} ({value.Unit})",
    };
}
