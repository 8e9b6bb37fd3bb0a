namespace SparseProp.Results.Texts;

/// <param name="Name">Its heading.</param>
/// <param name="IsNumber">Whether it stands to the right, and is shown whole or not at all.</param>
/// <param name="Rank">Where there is no room for all, those of the highest rank go first, of equal ones the last; the first column stays.</param>
public readonly record struct LayoutColumn(string Name, bool IsNumber = false, int Rank = 0);

/// <summary>A table as lines of plain text that fit a width: texts are shortened, then columns left out; a number is never cut.</summary>
/// <param name="Lines">The headings, then a line for each row.</param>
/// <param name="LeftOut">Headings of the columns that found no room.</param>
public sealed record TableLayout(IReadOnlyList<string> Lines, IReadOnlyList<string> LeftOut)
{
    /// <summary>No limit, as for a pipe.</summary>
    public const int Unlimited = int.MaxValue;

    private const char Cut = '…';

    // Shorter, and a name tells nothing.
    private const int ShortestText = 12;

    /// <summary>Lays out a table.</summary>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">A cell for each column, in one line each.</param>
    /// <param name="width">Characters of a line.</param>
    /// <param name="gap">Spaces between columns.</param>
    public static TableLayout Of(IReadOnlyList<LayoutColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows, int width, int gap)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        var widths = columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.Name.Length).Max()).ToArray();
        var shown = Enumerable.Range(0, columns.Count).ToList();
        while (shown.Count > 1 && shown.Sum(i => (long)Least(i)) + (gap * (shown.Count - 1)) > width)
        {
            shown.Remove(shown.Skip(1).OrderByDescending(i => columns[i].Rank).ThenByDescending(i => i).First());
        }

        var excess = shown.Sum(i => (long)widths[i]) + (gap * (shown.Count - 1)) - width;
        while (excess > 0 && shown.Where(i => !columns[i].IsNumber).OrderByDescending(i => widths[i]).Take(1).ToList() is [var widest] && widths[widest] > 1)
        {
            widths[widest]--;
            excess--;
        }

        return new TableLayout(
            [.. rows.Prepend([.. columns.Select(column => column.Name)]).Select(Line)],
            [.. columns.Where((_, i) => !shown.Contains(i)).Select(column => column.Name)]);

        int Least(int column) => columns[column].IsNumber ? widths[column] : Math.Min(widths[column], ShortestText);

        string Line(IReadOnlyList<string> cells) => string.Join(
            new string(' ', gap),
            shown.Select(i => columns[i].IsNumber ? cells[i].PadLeft(widths[i]) : Shortened(cells[i], widths[i]).PadRight(widths[i]))).TrimEnd();
    }

    /// <summary>The beginning of a text, and a sign that there is more; a number that does not fit is left out whole.</summary>
    public static string Shortened(string text, int width)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= width)
        {
            return text;
        }

        var end = Math.Max(width - 1, 0);
        if (IsOfNumber(text[end]))
        {
            while (end > 0 && IsOfNumber(text[end - 1]))
            {
                end--;
            }
        }

        if (end > 0 && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return text[..end].TrimEnd() + Cut;
    }

    private static bool IsOfNumber(char c) => char.IsDigit(c) || c is '.' or ',' or '/' or ':';
}
