using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>Tables for people: a row to a line, as wide as the terminal at most; in a pipe as wide as they are.</summary>
internal static class TerminalTable
{
    // Columns are told apart by three spaces where there is room for them.
    private const int WideGap = 3;
    private const int NarrowGap = 2;

    // What lays out a live table and what wraps lines may each take one.
    private const int Margin = 1;

    /// <summary>Characters of a line that is neither broken nor folded; no limit in a pipe.</summary>
    public static int Width => Terminal.Width - Margin;

    /// <summary>Prints a table on standard output, and on standard error what it has no room for.</summary>
    /// <param name="table">The table.</param>
    /// <param name="caption">What stands below it.</param>
    public static void Print(Grid table, string? caption = null)
    {
        var width = Width;
        var layout = Of(table, width);
        foreach (var line in layout.Lines)
        {
            Console.Out.WriteLine(line);
        }

        if (caption is not null)
        {
            Console.Out.Write(HelpLayout.Fit(caption, width));
        }

        if (NoRoomFor(layout, width) is { } note)
        {
            Console.Error.WriteLine($"sparseprop: {note}");
        }
    }

    /// <summary>A table that is drawn again and again: the same, with what it has no room for in its last line.</summary>
    public static string Live(Grid table)
    {
        var width = Width;
        var layout = Of(table, width);
        return string.Join('\n', NoRoomFor(layout, width) is { } note ? [.. layout.Lines, HelpLayout.Fit(note, width).TrimEnd()] : layout.Lines);
    }

    private static TableLayout Of(Grid table, int width)
    {
        List<LayoutColumn> columns = [.. table.Columns.Select(column => new LayoutColumn(VisibleText.Line(column.Name), column.IsNumber, column.Rank))];
        List<IReadOnlyList<string>> rows = [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(value => VisibleText.Line(Cell.Short(value)))])];
        var layout = TableLayout.Of(columns, rows, width, WideGap);
        if (layout.LeftOut.Count > 0)
        {
            layout = TableLayout.Of(columns, rows, width, NarrowGap);
        }

        return layout with { Lines = [layout.Lines[0], new string('─', layout.Lines.Max(line => line.Length)), .. layout.Lines.Skip(1)] };
    }

    private static string? NoRoomFor(TableLayout layout, int width) => layout.LeftOut.Count == 0
        ? null
        : $"no room in {width + Margin} columns for {string.Join(", ", layout.LeftOut)}; a wider window or a pipe shows all";
}
