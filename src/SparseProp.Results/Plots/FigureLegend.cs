using ScottPlot;
using SkiaSharp;

namespace SparseProp.Results.Plots;

/// <summary>The legend above the panels: entries in columns of equal width, in several lines where a name is wider than the figure.</summary>
internal sealed class FigureLegend
{
    private const float Symbol = 18;
    private const float LineLength = 14;
    private const float Gap = 10;

    private readonly List<Entry> _entries;
    private readonly SeriesStyles _styles;
    private readonly int _columns;
    private readonly float _columnWidth;
    private readonly float[] _rowTops;

    /// <param name="figure">The series of its first panel and all references; nothing where there is one series alone.</param>
    /// <param name="width">Width to fill, in points.</param>
    public FigureLegend(Figure figure, float width)
    {
        var series = figure.Panels[0].Series;
        var references = figure.Panels.SelectMany(panel => panel.References).Select(reference => reference.Label).Distinct().ToList();
        _styles = new SeriesStyles(series);
        _entries = series.Count == 1 && references.Count == 0
            ? []
            :
            [
                .. series.Select((s, i) => new Entry(LinesOf(s.Label), i, s.Form)),
                .. references.Select(label => new Entry(LinesOf(label), null, SeriesForm.Line)),
            ];
        var widest = _entries.Count == 0
            ? 0
            : Symbol + Gap + _entries.SelectMany(entry => entry.Lines).Max(line => FigureText.WidthOf(line, FigureFont.Size));
        _columns = Math.Clamp(widest > 0 ? (int)((width + Gap) / widest) : 1, 1, Math.Max(1, _entries.Count));
        _columnWidth = widest;

        // A line for each colour, or two.
        if (_styles.MarkerCount is { } markers && markers < _columns)
        {
            _columns -= _columns % markers;
        }

        var heights = _entries.Chunk(_columns).Select(row => FigureFont.LineHeight * row.Max(entry => entry.Lines.Count));
        _rowTops = [0, .. heights.Select((_, i) => heights.Take(i + 1).Sum())];

        IReadOnlyList<string> LinesOf(string label) => FigureText.Wrapped(label, FigureFont.Size, width - Symbol);
    }

    /// <summary>What is written, and where each line ends to the right, from the legend's left edge in points.</summary>
    public IEnumerable<(string Text, float Right)> Lines => _entries.SelectMany((entry, i) => entry.Lines.Select(line =>
        (line, (_columnWidth * (i % _columns)) + Symbol + FigureText.WidthOf(line, FigureFont.Size))));

    /// <summary>In points.</summary>
    public float Height => _rowTops[^1];

    /// <param name="canvas">The figure's.</param>
    /// <param name="corner">Upper left corner.</param>
    /// <param name="ink">Colours.</param>
    public void Draw(SKCanvas canvas, Pixel corner, FigureInk ink)
    {
        using var paint = Paint.NewDisposablePaint();
        foreach (var (i, entry) in _entries.Index())
        {
            var left = corner.X + (_columnWidth * (i % _columns));
            var middle = corner.Y + _rowTops[i / _columns] + (FigureFont.LineHeight / 2);
            Draw(canvas, paint, entry, new Pixel(left, middle), ink);
        }
    }

    private void Draw(SKCanvas canvas, Paint paint, Entry entry, Pixel at, FigureInk ink)
    {
        var color = entry.Series is { } place ? _styles.ColorOf(place) : ink.Text;
        var line = new LineStyle(FigureDrawing.LineWidth, color, entry switch
        {
            { Series: null } => SeriesStyle.PatternOfReferences,
            { Form: SeriesForm.Markers } => LinePattern.Solid,
            _ => _styles.PatternOf(entry.Series.Value),
        });
        line.Render(canvas, new PixelLine(at.X, at.Y, at.X + LineLength, at.Y), paint);
        if (entry is { Series: { } series, Form: SeriesForm.Markers })
        {
            _styles.MarkerOf(series, FigureDrawing.MarkerSize).Render(canvas, new Pixel(at.X + (LineLength / 2), at.Y), paint);
        }

        foreach (var (i, text) in entry.Lines.Index())
        {
            FigureText.Draw(canvas, text, FigureFont.Size, new Pixel(at.X + Symbol, at.Y + (i * FigureFont.LineHeight)), ink);
        }
    }

    /// <param name="Lines">What it says.</param>
    /// <param name="Series">Place of the series; null of a reference.</param>
    /// <param name="Form">How it is drawn.</param>
    private sealed record Entry(IReadOnlyList<string> Lines, int? Series, SeriesForm Form);
}
