using System.Text;
using SparseProp.Results.Texts;

namespace SparseProp.Cluster.Palettes;

/// <summary>Aligned columns of plain text, two spaces apart, for people and for awk: one row per line, no frames.</summary>
internal static class TextTable
{
    /// <param name="headers">Names of columns; one that begins with <c>&gt;</c> is of numbers and aligned to the right.</param>
    /// <param name="rows">A cell for each column. An empty one becomes <c>-</c>, so that columns can be counted.</param>
    public static string Format(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        var names = headers.Select(header => header.TrimStart('>')).ToList();
        var lines = rows.Select(row => row.Select(Cell).ToList()).Prepend(names).ToList();
        var widths = names.Select((_, column) => lines.Max(line => line[column].Length)).ToList();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, column) => headers[column].StartsWith('>') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Cell(string text)
    {
        var line = VisibleText.Line(text.ReplaceLineEndings(" ").Trim());
        return line.Length == 0 ? "-" : line;
    }
}
