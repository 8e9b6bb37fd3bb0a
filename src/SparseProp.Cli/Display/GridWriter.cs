using System.Text.Json.Nodes;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>Prints tables on standard output.</summary>
internal static class GridWriter
{
    // More than anyone reads on a screen; what lays the table out keeps all of it.
    private const int MostRowsInTerminal = 1000;

    private static readonly char[] QuotedInCsv = [',', '"', '\n', '\r'];

    public static void Write(Grid grid, TableFormat format)
    {
        switch (format)
        {
            case TableFormat.Markdown:
                WriteMarkdown(grid, Console.Out);
                break;
            case TableFormat.Csv:
                WriteCsv(grid, Console.Out);
                break;
            case TableFormat.Json:
                WriteJson(grid, Console.Out);
                break;
            default:
                WriteView(grid);
                break;
        }
    }

    /// <summary>Writes an array of objects.</summary>
    public static void WriteJson(Grid grid, TextWriter output)
    {
        var separator = "[\n";
        var names = DistinctNames([.. grid.Columns.Select(column => column.Name)]);
        foreach (var row in grid.Rows)
        {
            var json = new JsonObject();
            for (var i = 0; i < row.Count; i++)
            {
                json[names[i]] = Cell.Json(row[i]);
            }

            output.Write(separator);
            output.Write(json.ToJsonString());
            separator = ",\n";
        }

        output.WriteLine(separator == "[\n" ? "[]" : "\n]");
    }

    /// <summary>Names of which none is another's: of equal ones the first stays, and those after it get a number that makes them new.</summary>
    private static List<string> DistinctNames(IReadOnlyList<string> names)
    {
        var taken = names.ToHashSet();
        var seen = new HashSet<string>();
        return [.. names.Select(name =>
        {
            var distinct = name;
            for (var number = 1; !seen.Add(distinct); number++)
            {
                distinct = taken.Contains($"{name}_{number}") ? distinct : $"{name}_{number}";
            }

            return distinct;
        })];
    }

    private static void WriteView(Grid grid)
    {
        var rows = new List<IReadOnlyList<object?>>();
        var left = 0L;
        foreach (var row in grid.Rows)
        {
            if (rows.Count < MostRowsInTerminal)
            {
                rows.Add(row);
            }
            else
            {
                left++;
            }
        }

        TerminalTable.Print(grid with { Rows = rows });
        if (left > 0)
        {
            Console.Error.WriteLine($"sparseprop: {Counted.Of(left, "more row")}; --format csv prints all");
        }
    }

    private static void WriteMarkdown(Grid grid, TextWriter output)
    {
        WriteLine(grid.Columns.Select(column => column.Name));
        WriteLine(grid.Columns.Select(column => column.IsNumber ? "---:" : "---"));
        foreach (var row in grid.Rows)
        {
            WriteLine(row.Select(Cell.Shown));
        }

        void WriteLine(IEnumerable<string> cells) => output.WriteLine(
            $"| {string.Join(" | ", cells.Select(cell => VisibleText.Line(cell.ReplaceLineEndings(" ")).Replace("|", "\\|", StringComparison.Ordinal)))} |");
    }

    private static void WriteCsv(Grid grid, TextWriter output)
    {
        output.WriteLine(string.Join(',', grid.Columns.Select(column => Quoted(column.Name))));
        foreach (var row in grid.Rows)
        {
            output.WriteLine(string.Join(',', row.Select(value => Quoted(Cell.Exact(value)))));
        }
    }

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(QuotedInCsv) < 0
        ? text
        : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
