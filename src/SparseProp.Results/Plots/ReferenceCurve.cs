using System.Globalization;
using SparseProp.Results.Records;
using SparseProp.Results.Tables;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Plots;

/// <summary>A curve from elsewhere to compare with.</summary>
/// <param name="Label">Its name in the legend.</param>
/// <param name="X">The parameter that it is over.</param>
/// <param name="Y">What it is of.</param>
/// <param name="Points">In ascending order of x.</param>
public sealed record ReferenceCurve(string Label, GroupColumn X, RecordColumn Y, IReadOnlyList<FigurePoint> Points)
{
    private const int Columns = 2;

    // Half a million points.
    private const int MostBytes = 16 << 20;

    /// <summary>
    /// Reads a file of two columns, separated by a comma: a header that names a parameter and a value, then numbers. Lines that begin
    /// with # are passed over. The file's name is the label.
    /// </summary>
    /// <exception cref="FormatException">The file is not of that form; the message names file and line.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ReferenceCurve Read(string path, RecordColumns columns)
    {
        (GroupColumn X, RecordColumn Y)? header = null;
        List<FigurePoint> points = [];
        foreach (var (i, line) in SmallFile.ReadText(path, MostBytes).ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (line.AsSpan().Trim() is [] or ['#', ..])
            {
                continue;
            }

            var cells = line.Split(',', StringSplitOptions.TrimEntries);
            if (cells.Length != Columns)
            {
                throw Misformed(path, i, $"has {Counted.Of(cells.Length, "column")}, not {Columns}");
            }

            if (header is null)
            {
                header = (ParameterOf(cells[0], columns, path, i), ValueOf(cells[1], columns, path, i));
            }
            else
            {
                points.Add(new FigurePoint(NumberOf(cells[0], path, i), NumberOf(cells[1], path, i), double.NaN, 1));
            }
        }

        return header is { } named && points.Count > 0
            ? new(Path.GetFileNameWithoutExtension(path), named.X, named.Y, [.. points.OrderBy(p => p.X)])
            : throw new FormatException($"{path} holds no curve: it takes a header such as n,us_per_spike and two numbers in each line");
    }

    /// <exception cref="ArgumentException">It is over another parameter, or of none of the values.</exception>
    internal void RefuseMisfit(GroupColumn x, IReadOnlyList<RecordColumn> values)
    {
        if (x != X || !values.Contains(Y))
        {
            throw new ArgumentException(
                $"the reference {Label} is {Y.Name} over {X.Name}; the figure is {string.Join(", ", values.Select(v => v.Name))} over {x.Name}");
        }
    }

    private static GroupColumn ParameterOf(string name, RecordColumns columns, string path, int line) =>
        GroupColumn.AllOf(columns).FirstOrDefault(column => column.Name == name)
        ?? throw Misformed(path, line, $"'{name}' in the header is no parameter such as n, k or j0");

    private static RecordColumn ValueOf(string name, RecordColumns columns, string path, int line) =>
        (RecordColumn.FindValue(name) is { } value ? columns.Find(value.Name) : null) ?? throw Misformed(path, line, $"'{name}' in the header is no value such as us_per_spike or rate_hz");

    private static double NumberOf(string text, string path, int line) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Misformed(path, line, $"'{text}' is no number");

    private static FormatException Misformed(string path, int line, string what) => new($"{path}:{line + 1}: {what}");
}
