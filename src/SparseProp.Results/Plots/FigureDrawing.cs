using ScottPlot;
using SkiaSharp;

namespace SparseProp.Results.Plots;

/// <summary>Draws a figure: its panels above one another, the legend over them.</summary>
internal sealed class FigureDrawing
{
    public const float MarkerSize = 5;
    public const float LineWidth = 1;

    private readonly Figure _figure;
    private readonly FigureInk _ink;
    private readonly FigureLayout _layout;

    /// <param name="figure">What is drawn.</param>
    /// <param name="width">In points.</param>
    /// <param name="ink">In which colours.</param>
    public FigureDrawing(Figure figure, float width, FigureInk ink)
    {
        _figure = figure;
        _ink = ink;
        _layout = new FigureLayout(figure, width);
    }

    public float Width => _layout.Width;

    /// <summary>As the panels and the legend need it.</summary>
    public float Height => _layout.Height;

    public void Render(SKCanvas canvas)
    {
        if (_ink.Paper.A > 0)
        {
            using var paper = new SKPaint { Color = _ink.Paper.ToSKColor() };
            canvas.DrawRect(0, 0, Width, Height, paper);
        }

        for (var i = 0; i < _figure.Panels.Count; i++)
        {
            using var panel = new PanelDrawing(_figure, i, _layout, _ink).Draw();
            panel.Render(canvas, _layout.PanelRect(i));
        }

        DrawLegend(canvas);
    }

    private void DrawLegend(SKCanvas canvas)
    {
        using var paint = Paint.NewDisposablePaint();
        for (var row = 0; row < _layout.LegendRows.Count; row++)
        {
            foreach (var (entry, left) in _layout.LegendRows[row])
            {
                DrawEntry(canvas, paint, entry, left, FigureLayout.LegendRow(row));
            }
        }
    }

    private void DrawEntry(SKCanvas canvas, Paint paint, LegendEntry entry, float left, float middle)
    {
        var color = entry.Series is { } place ? SeriesStyle.ColorOf(place, _figure.Panels[0].Series.Count) : _ink.Text;
        var end = left + FigureLayout.LegendSymbol - 4;
        var line = new LineStyle(LineWidth, color, entry switch
        {
            { Series: null } => LinePattern.DenselyDashed,
            { Form: SeriesForm.Markers } => LinePattern.Solid,
            _ => SeriesStyle.PatternOf(entry.Series.Value),
        });
        line.Render(canvas, new PixelLine(left, middle, end, middle), paint);
        if (entry is { Series: { } series, Form: SeriesForm.Markers })
        {
            SeriesStyle.MarkerOf(series, color, MarkerSize).Render(canvas, new Pixel((left + end) / 2, middle), paint);
        }

        var label = FigureLayout.Label(entry.Label, FigureLayout.FontSize, _ink.Text);
        label.Alignment = Alignment.MiddleLeft;
        label.Render(canvas, new Pixel(left + FigureLayout.LegendSymbol, middle), paint);
    }
}
