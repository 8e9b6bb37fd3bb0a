using SparseProp.Results.Texts;

namespace SparseProp.Service.Palettes;

/// <summary>Aligned columns of plain text, two spaces apart, for people and for awk: one row per line, no frames.</summary>
internal static class TextTable
{
    private const int Gap = 2;

    /// <param name="headers">Names of columns; one that begins with <c>&gt;</c> is of numbers and aligned to the right.</param>
    /// <param name="rows">A cell for each column. An empty one becomes <c>-</c>, so that columns can be counted.</param>
    /// <param name="width">
    /// Characters of a line. Texts are shortened and columns left out from the right where there are fewer than the table needs; a last line says which.
    /// </param>
    public static string Format(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows, int width = TableLayout.Unlimited)
    {
        List<LayoutColumn> columns = [.. headers.Select(header => new LayoutColumn(header.TrimStart('>'), header.StartsWith('>')))];
        var layout = TableLayout.Of(columns, [.. rows.Select(row => (IReadOnlyList<string>)[.. row.Select(Cell)])], width, Gap);
        var lines = string.Join('\n', layout.Lines);
        return layout.LeftOut.Count == 0
            ? lines
            : $"{lines}\n{HelpLayout.Fit($"(no room for {string.Join(", ", layout.LeftOut)}; --json shows all)", width).TrimEnd()}";
    }

    private static string Cell(string text)
    {
        var line = VisibleText.Line(text.ReplaceLineEndings(" ").Trim());
        return line.Length == 0 ? "-" : line;
    }
}
