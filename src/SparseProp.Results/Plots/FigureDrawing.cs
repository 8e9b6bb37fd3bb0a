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
            PlotPass.Settle(panel, _layout.PanelRect(i));
            panel.Render(canvas, _layout.PanelRect(i));
            TickLabels.Draw(canvas, _layout, i, _ink);
            if (!_layout.Notes[i].IsEmpty)
            {
                _layout.Notes[i].Draw(canvas, _layout.DataRect(i), _layout.NoteCorners[i], _ink);
            }
        }

        foreach (var (i, line) in _layout.Caption.Index())
        {
            var middle = Height - (FigureFont.LineHeight * (_layout.Caption.Count - i - 0.5f));
            FigureText.Draw(canvas, line, FigureFont.SmallSize, new Pixel(FigureLayout.Margin, middle), _ink);
        }

        _layout.Legend.Draw(canvas, new Pixel(FigureLayout.Margin, FigureLayout.Margin), _ink);
    }
}
