using ScottPlot;
using SkiaSharp;

namespace SparseProp.Results.Plots;

/// <summary>The numbers at the ticks of a panel: every one, or every second or third where they would touch.</summary>
internal static class TickLabels
{
    /// <summary>From the axis to the labels.</summary>
    public const float Distance = PanelDrawing.TickLength + 2;

    private const float GapBetween = 4;

    /// <param name="canvas">The figure's.</param>
    /// <param name="layout">Where the panel stands.</param>
    /// <param name="panel">Which one; the lowest has the labels of the x axis.</param>
    /// <param name="ink">Colours.</param>
    public static void Draw(SKCanvas canvas, FigureLayout layout, int panel, FigureInk ink)
    {
        var data = layout.DataRect(panel);
        foreach (var (place, label) in Apart(layout.Y[panel], data.Height, _ => FigureFont.Size))
        {
            var left = data.Left - Distance - FigureText.WidthOf(label, FigureFont.Size);
            FigureText.Draw(canvas, label, FigureFont.Size, new Pixel(left, data.Bottom - place), ink);
        }

        if (panel != layout.Y.Count - 1)
        {
            return;
        }

        var middle = data.Bottom + Distance + (FigureFont.Size / 2);
        foreach (var (place, label) in Apart(layout.X, data.Width, label => FigureText.WidthOf(label, FigureFont.Size)))
        {
            var left = data.Left + place - (FigureText.WidthOf(label, FigureFont.Size) / 2);
            FigureText.Draw(canvas, label, FigureFont.Size, new Pixel(left, middle), ink);
        }
    }

    /// <summary>Labels with their distance from the beginning of the axis, every n-th for the least n of which none touches another.</summary>
    private static List<(float Place, string Label)> Apart(AxisScale scale, float length, Func<string, float> sizeOf)
    {
        List<(float Place, string Label)> all =
            [.. scale.Ticks.Select(tick => ((float)((tick.Place - scale.Low) / (scale.High - scale.Low)) * length, tick.Label))];
        for (var step = 1; ; step++)
        {
            List<(float Place, string Label)> some = [.. all.Where((_, i) => i % step == 0)];
            if (some.Zip(some.Skip(1)).All(p => p.Second.Place - p.First.Place >= ((sizeOf(p.First.Label) + sizeOf(p.Second.Label)) / 2) + GapBetween))
            {
                return some;
            }
        }
    }
}
