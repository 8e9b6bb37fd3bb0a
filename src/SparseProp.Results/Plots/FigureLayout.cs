using ScottPlot;

namespace SparseProp.Results.Plots;

/// <summary>Where the parts of a figure stand; lengths in points, 1/72 inch.</summary>
internal sealed class FigureLayout
{
    public const float FontSize = 8;
    public const float SmallFontSize = 7;
    public const float LineHeight = 11;
    public const float LegendSymbol = 18;
    public const float LegendGap = 10;

    private const float HeightToWidth = 0.62f;
    private const float Margin = 4;
    private const float TickLength = 4;
    private const float PanelGap = 10;
    private const float RightMargin = 10;
    private const float WidestLegendEntry = 0.9f;

    public FigureLayout(Figure figure, float width)
    {
        Width = width;
        X = AxisScale.Over(figure.X.IsLogarithmic, figure.Panels.SelectMany(panel => Shown(panel, figure.X, panel.Y)).Select(p => p.X));
        Y = [.. figure.Panels.Select(panel => ScaleOf(panel, figure.X))];
        YLabels = [.. figure.Panels.Select(panel => Wrapped(panel.Y.Label))];
        LegendRows = Flow(Entries(figure), width - (2 * Margin));
        Left = (2 * Margin) + TickLength + Y.SelectMany(scale => scale.Ticks).Max(tick => WidthOf(tick.Label, FontSize))
            + (LineHeight * YLabels.Max(label => label.Count(c => c == '\n') + 1)) + Margin;
        Bottom = (2 * LineHeight) + TickLength + (2 * Margin);
        PanelHeight = (Width - Left - RightMargin) * HeightToWidth;
        Top = Margin + (LineHeight * LegendRows.Count) + Margin;
        Height = Top + (PanelHeight * figure.Panels.Count) + (PanelGap * (figure.Panels.Count - 1)) + Bottom;
    }

    public float Width { get; }

    public float Height { get; }

    public AxisScale X { get; }

    /// <summary>One for each panel.</summary>
    public IReadOnlyList<AxisScale> Y { get; }

    /// <summary>Labels of the upright axes, in lines that fit.</summary>
    public IReadOnlyList<string> YLabels { get; }

    /// <summary>The legend's rows of entries with the distance of each from the left.</summary>
    public IReadOnlyList<IReadOnlyList<(LegendEntry Entry, float Left)>> LegendRows { get; }

    private float Left { get; }

    private float Top { get; }

    private float Bottom { get; }

    private float PanelHeight { get; }

    /// <summary>All of a panel's figure, labels included.</summary>
    public PixelRect PanelRect(int panel)
    {
        var top = Top + (panel * (PanelHeight + PanelGap));
        return new PixelRect(0, Width, top + PanelHeight + BelowPanel(panel), top - AbovePanel(panel));
    }

    /// <summary>How much of that is around the axes.</summary>
    public PixelPadding PanelPadding(int panel) => new(Left, RightMargin, BelowPanel(panel), AbovePanel(panel));

    /// <summary>How far from the top the middle of a row of the legend is.</summary>
    public static float LegendRow(int row) => Margin + (LineHeight * (row + 0.5f));

    public static float WidthOf(string text, float fontSize)
    {
        using var paint = Paint.NewDisposablePaint();
        return Label(text, fontSize, Colors.Black).Measure(text, paint).Width;
    }

    public static LabelStyle Label(string text, float fontSize, Color color) => new()
    {
        Text = text,
        FontSize = fontSize,
        ForeColor = color,
        Padding = 0,
    };

    // Tick labels stick out half of a line; only the lowest panel has its x axis labelled.
    private float BelowPanel(int panel) => panel == Y.Count - 1 ? Bottom : PanelGap / 2;

    private static float AbovePanel(int panel) => panel == 0 ? Margin : PanelGap / 2;

    private static AxisScale ScaleOf(FigurePanel panel, FigureAxis x)
    {
        var shown = Shown(panel, x, panel.Y).ToList();
        var ends = shown.Where(p => p.StandardError > 0).SelectMany(p => new[] { p.Y - p.StandardError, p.Y + p.StandardError });
        return AxisScale.Over(panel.Y.IsLogarithmic, shown.Select(p => p.Y).Concat(ends.Where(end => end > 0 || !panel.Y.IsLogarithmic)));
    }

    private static IEnumerable<FigurePoint> Shown(FigurePanel panel, FigureAxis x, FigureAxis y) =>
        panel.Series.Concat(panel.References)
            .SelectMany(series => series.Points)
            .Where(p => (p.X > 0 || !x.IsLogarithmic) && (p.Y > 0 || !y.IsLogarithmic));

    /// <summary>Two lines where one would be longer than most panels are high.</summary>
    private static string Wrapped(string label)
    {
        const int longest = 40;
        if (label.Length <= longest)
        {
            return label;
        }

        var spaces = Enumerable.Range(0, label.Length).Where(i => label[i] == ' ').ToList();
        if (spaces.Count == 0)
        {
            return label;
        }

        var middle = spaces.MinBy(i => Math.Abs(i - (label.Length / 2)));
        return string.Concat(label.AsSpan(0, middle), "\n", label.AsSpan(middle + 1));
    }

    /// <summary>The series once, in the order of the panels' first, and references; none where there is one series alone.</summary>
    private static List<LegendEntry> Entries(Figure figure)
    {
        var series = figure.Panels[0].Series;
        var references = figure.Panels.SelectMany(panel => panel.References).Select(r => r.Label).Distinct().ToList();
        return series.Count == 1 && references.Count == 0
            ? []
            : [.. series.Select((s, i) => new LegendEntry(s.Label, i, s.Form)), .. references.Select(r => new LegendEntry(r, null, SeriesForm.Line))];
    }

    private static List<List<(LegendEntry, float)>> Flow(List<LegendEntry> entries, float width)
    {
        List<List<(LegendEntry, float)>> rows = [];
        var left = float.PositiveInfinity;
        foreach (var entry in entries)
        {
            var needed = LegendSymbol + Math.Min(WidthOf(entry.Label, FontSize), WidestLegendEntry * width) + LegendGap;
            if (left + needed > width + LegendGap)
            {
                rows.Add([]);
                left = 0;
            }

            rows[^1].Add((entry, Margin + left));
            left += needed;
        }

        return rows;
    }
}

/// <summary>An entry of a legend.</summary>
/// <param name="Label">What it says.</param>
/// <param name="Series">Place of the series; null of a reference.</param>
/// <param name="Form">How it is drawn.</param>
internal sealed record LegendEntry(string Label, int? Series, SeriesForm Form);
