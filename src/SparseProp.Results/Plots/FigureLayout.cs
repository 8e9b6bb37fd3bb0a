using ScottPlot;

namespace SparseProp.Results.Plots;

/// <summary>Where the parts of a figure stand; lengths in points, 1/72 inch.</summary>
internal sealed class FigureLayout
{
    public const float Margin = 4;

    private const float HeightToWidth = 0.62f;
    private const float LeastPanelHeight = 90;

    /// <summary>Notes that would take more of a panel are left out.</summary>
    private const float MostOfPanel = 0.7f;

    // An interval may reach to nothing. On a logarithmic axis it leaves the panel that much below the smallest mean.
    private const double MostBelow = 3;

    private const float PanelGap = 10;
    private const float RightMargin = 10;

    // What is left of the panels, more or less, before the labels there are known.
    private const float UsualLeft = 45;

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
        X = AxisScale.Over(figure.X.IsLogarithmic, startsAtZero: false, figure.Panels.SelectMany(panel => Shown(panel, figure.X)).Select(p => p.X));
        _y = [.. figure.Panels.Select(panel => ScaleOf(panel, figure.X))];
        Legend = new FigureLegend(figure, width - (2 * Margin));
        (YLabels, _left) = LabelsAndLeft(figure);
        XLabel = string.Join('\n', FigureText.Wrapped(figure.X.Label, FigureFont.Size, width - _left + RightMargin));
        Caption = figure.Caption.Length == 0 ? [] : FigureText.Wrapped(figure.Caption, FigureFont.SmallSize, width - (2 * Margin));
        _bottom = TickLabels.Distance + Margin + (FigureFont.LineHeight * (1 + LinesIn(XLabel)));
        _top = Legend.Height + (2 * Margin);
        _panelHeight = HeightOfPanels(_left);
        Height = _top + (_panelHeight * _y.Length) + (PanelGap * (_y.Length - 1)) + _bottom + (FigureFont.LineHeight * Caption.Count);
        Notes = [.. figure.Panels.Select((panel, i) => NotesOf(panel, DataRect(i)))];
        _noteCorners = [.. figure.Panels.Select((panel, i) => MakeRoom(panel, i))];
    }

    public float Width { get; }

    public float Height { get; }

    public AxisScale X { get; }

    /// <summary>One for each panel.</summary>
    public IReadOnlyList<AxisScale> Y => _y;

    /// <summary>Labels of the upright axes, in lines that fit.</summary>
    public IReadOnlyList<string> YLabels { get; }

    /// <summary>Label of the axis that all panels share, in lines that fit.</summary>
    public string XLabel { get; }

    public FigureLegend Legend { get; }

    /// <summary>What is written below all, in lines that fit.</summary>
    public IReadOnlyList<string> Caption { get; }

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

    /// <summary>Upright labels in as many lines as fit beside the panels, whose height the lines take from.</summary>
    private (IReadOnlyList<string> Labels, float Left) LabelsAndLeft(Figure figure)
    {
        var ticks = _y.SelectMany(scale => scale.Ticks).Max(tick => FigureText.WidthOf(tick.Label, FigureFont.Size));
        for (var (height, lines) = (HeightOfPanels(UsualLeft), 0); ;)
        {
            List<string> labels = [.. figure.Panels.Select(panel => Wrapped(panel.Y.Label, height))];
            var left = (2 * Margin) + TickLabels.Distance + ticks + (FigureFont.LineHeight * labels.Max(LinesIn));
            if (labels.Max(LinesIn) <= lines || HeightOfPanels(left) >= height)
            {
                return (labels, left);
            }

            (height, lines) = (HeightOfPanels(left), labels.Max(LinesIn));
        }
    }

    private static int LinesIn(string text) => text.Count(c => c == '\n') + 1;

    private float HeightOfPanels(float left) => Math.Max(LeastPanelHeight, (Width - left - RightMargin) * HeightToWidth);

    private static FitNotes NotesOf(FigurePanel panel, PixelRect data)
    {
        var notes = new FitNotes(panel.Series);
        return notes.IsEmpty || (notes.Size.Width <= MostOfPanel * data.Width && notes.Size.Height <= MostOfPanel * data.Height)
            ? notes
            : new FitNotes([]);
    }

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
        if (panel.Y.IsLogarithmic)
        {
            var largest = shown.Select(p => p.Y).DefaultIfEmpty(0).Max();
            shown.RemoveAll(p => p.Y < ScalingFigure.Rounding * largest);
        }

        var least = panel.Y.IsLogarithmic && shown.Count > 0 ? shown.Min(p => p.Y) / MostBelow : double.NegativeInfinity;
        var ends = shown.Where(p => p.HalfWidth > 0).SelectMany(p => new[] { Math.Max(p.Y - p.HalfWidth, least), p.Y + p.HalfWidth });
        var startsAtZero = panel.Series.All(series => series.Form == SeriesForm.Stairs);
        return AxisScale.Over(panel.Y.IsLogarithmic, startsAtZero, shown.Select(p => p.Y).Concat(ends));
    }

    private static IEnumerable<FigurePoint> Shown(FigurePanel panel, FigureAxis x) =>
        panel.Series.Concat(panel.References)
            .SelectMany(series => series.Points)
            .Where(p => (p.X > 0 || !x.IsLogarithmic) && (p.Y > 0 || !panel.Y.IsLogarithmic));

    /// <summary>As few lines of about the same length as fit beside the panel.</summary>
    private static string Wrapped(string label, float height)
    {
        var words = label.Split(' ');
        for (var lines = 1; lines < words.Length; lines++)
        {
            var text = InLines(words, FigureFont.WidthOf(label, FigureFont.Size) / lines);
            if (text.Split('\n').All(line => FigureFont.WidthOf(line, FigureFont.Size) <= height))
            {
                return text;
            }
        }

        return string.Join('\n', words);
    }

    /// <summary>A new line after the word that comes nearest to the length.</summary>
    private static string InLines(string[] words, float length)
    {
        var (text, line) = ("", words[0]);
        foreach (var word in words.Skip(1))
        {
            var longer = $"{line} {word}";
            var (shortBy, longBy) = (length - FigureFont.WidthOf(line, FigureFont.Size), FigureFont.WidthOf(longer, FigureFont.Size) - length);
            (text, line) = longBy < shortBy ? (text, longer) : (text + line + "\n", word);
        }

        return text + line;
    }
}
