using System.Text.Json.Nodes;
using SparseProp.Client.Documents;
using SparseProp.Execution.Checks;
using SparseProp.Results.Records;
using SparseProp.Results.Tables;

namespace SparseProp.Cli.Display;

/// <summary>A sweep's answer as a table on standard output.</summary>
internal static class SummaryTable
{
    /// <summary>Prints the table, and on standard error what its marks say and what else readers must know.</summary>
    /// <param name="means">The means.</param>
    /// <param name="format">How to write them.</param>
    /// <param name="outcome">Of a file with <c>until</c>, how well each group's mean is known.</param>
    public static void Print(StoreTable means, TableFormat format = TableFormat.Terminal, SweepOutcome? outcome = null)
    {
        var table = means.Table;
        switch (format)
        {
            case TableFormat.Json:
                Console.Out.WriteLine(Json(table, outcome));
                break;
            case TableFormat.Csv:
                GridWriter.Write(ForPrograms(table), format);
                break;
            default:
                GridWriter.Write(ForPeople(table, outcome?.Precision ?? []), format);
                break;
        }

        foreach (var note in table.Notes().Concat(means.Notes))
        {
            Console.Error.WriteLine($"sparseprop: {note}");
        }
    }

    public static string Json(ReplicateTable table, SweepOutcome? outcome = null) =>
        new JsonArray([.. TableDocument.Of(table, damage: [], outcome).Rows]).ToString();

    /// <summary>Means with their 95 % confidence intervals, and of a file with <c>until</c> how well it is reached.</summary>
    private static Grid ForPeople(ReplicateTable table, IReadOnlyList<PrecisionOutcome> precision)
    {
        var reached = precision.DistinctBy(group => group.Point).ToDictionary(group => group.Point, group => group.Describe());
        IReadOnlyList<string> asked = precision.Count > 0 ? [$"until {precision[0].Statistic} {precision[0].AskedText}"] : [];
        IReadOnlyList<string> names =
            [.. table.Columns, .. table.Values.Select((value, i) => HeadingOf(table, value, i)), .. asked, "seeds", "failed"];
        return new Grid(
            [.. names.Select(name => new GridColumn(name, true, RankOf(name, table)))],
            table.Rows.Select(row => (IReadOnlyList<object?>)
            [
                .. row.Group,
                .. table.TextsOf(row),
                .. asked.Select(_ => reached.GetValueOrDefault(PointName.Of(table.Columns, row.Group))),
                row.Seeds,
                row.Failed,
            ]));
    }

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
