using ScottPlot;

namespace SparseProp.Results.Plots;

/// <summary>Where the parts of a figure stand; lengths in points, 1/72 inch.</summary>
internal sealed class FigureLayout
{
    public const float Margin = 4;

    private const float HeightToWidth = 0.62f;
    private const float TickLength = 4;
    private const float PanelGap = 10;
    private const float RightMargin = 10;

    private readonly float _left;
    private readonly float _top;
    private readonly float _bottom;
    private readonly float _panelHeight;
    private readonly AxisScale[] _y;
    private readonly (bool Left, bool Top)[] _noteCorners;

    /// <param name="figure">What is drawn.</param>
    /// <param name="width">Width of all; the height follows.</param>
    public FigureLayout(Figure figure, float width)
    {
        Width = width;
        X = AxisScale.Over(figure.X.IsLogarithmic, figure.Panels.SelectMany(panel => Shown(panel, figure.X)).Select(p => p.X));
        _y = [.. figure.Panels.Select(panel => ScaleOf(panel, figure.X))];
        YLabels = [.. figure.Panels.Select(panel => Wrapped(panel.Y.Label))];
        Notes = [.. figure.Panels.Select(panel => new FitNotes(panel))];
        Legend = new FigureLegend(figure, width - (2 * Margin));
        _left = (3 * Margin) + TickLength + _y.SelectMany(scale => scale.Ticks).Max(tick => FigureFont.WidthOf(tick.Label, FigureFont.Size))
            + (FigureFont.LineHeight * YLabels.Max(label => label.Count(c => c == '\n') + 1));
        _bottom = (2 * FigureFont.LineHeight) + TickLength + (2 * Margin);
        _top = Legend.Height + (2 * Margin);
        _panelHeight = (Width - _left - RightMargin) * HeightToWidth;
        Height = _top + (_panelHeight * _y.Length) + (PanelGap * (_y.Length - 1)) + _bottom;
        _noteCorners = [.. figure.Panels.Select((panel, i) => MakeRoom(panel, i))];
    }

    public float Width { get; }

    public float Height { get; }

    public AxisScale X { get; }

    /// <summary>One for each panel.</summary>
    public IReadOnlyList<AxisScale> Y => _y;

    /// <summary>Labels of the upright axes, in lines that fit.</summary>
    public IReadOnlyList<string> YLabels { get; }

    public FigureLegend Legend { get; }

    /// <summary>One for each panel.</summary>
    public IReadOnlyList<FitNotes> Notes { get; }

    /// <summary>Where they stand.</summary>
    public IReadOnlyList<(bool Left, bool Top)> NoteCorners => _noteCorners;

    /// <summary>All of a panel, labels included.</summary>
    public PixelRect PanelRect(int panel) => DataRect(panel).Expand(PanelPadding(panel));

    /// <summary>The panel between its axes.</summary>
    public PixelRect DataRect(int panel)
    {
        var top = _top + (panel * (_panelHeight + PanelGap));
        return new PixelRect(_left, Width - RightMargin, top + _panelHeight, top);
    }

    /// <summary>What is around the axes: tick labels stick out half of a line, and only the lowest panel has its x axis labelled.</summary>
    public PixelPadding PanelPadding(int panel) => new(
        _left,
        RightMargin,
        panel == _y.Length - 1 ? _bottom : PanelGap / 2,
        panel == 0 ? Margin : PanelGap / 2);

    /// <summary>A corner for the notes of a panel: an empty one, or room above all.</summary>
    private (bool Left, bool Top) MakeRoom(FigurePanel panel, int i)
    {
        if (Notes[i].IsEmpty)
        {
            return (true, true);
        }

        var (data, notes) = (DataRect(i), Notes[i].Size);
        if (FitNotes.EmptyCorner(panel, X, _y[i], notes.Width / data.Width, notes.Height / data.Height) is { } corner)
        {
            return corner;
        }

        _y[i] = _y[i].WithRoomAbove(notes.Height / data.Height);
        return (true, true);
    }

    private static AxisScale ScaleOf(FigurePanel panel, FigureAxis x)
    {
        var shown = Shown(panel, x).ToList();
        var ends = shown.Where(p => p.StandardError > 0).SelectMany(p => new[] { p.Y - p.StandardError, p.Y + p.StandardError });
        return AxisScale.Over(panel.Y.IsLogarithmic, shown.Select(p => p.Y).Concat(ends.Where(end => end > 0 || !panel.Y.IsLogarithmic)));
    }

    private static IEnumerable<FigurePoint> Shown(FigurePanel panel, FigureAxis x) =>
        panel.Series.Concat(panel.References)
            .SelectMany(series => series.Points)
            .Where(p => (p.X > 0 || !x.IsLogarithmic) && (p.Y > 0 || !panel.Y.IsLogarithmic));

    /// <summary>Two lines where one would be longer than most panels are high.</summary>
    private static string Wrapped(string label)
    {
        const int longest = 38;
        var spaces = Enumerable.Range(0, label.Length).Where(i => label[i] == ' ').ToList();
        if (label.Length <= longest || spaces.Count == 0)
        {
            return label;
        }

        var middle = spaces.MinBy(i => Math.Abs(i - (label.Length / 2)));
        return string.Concat(label.AsSpan(0, middle), "\n", label.AsSpan(middle + 1));
    }
}
