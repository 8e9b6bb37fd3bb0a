using ScottPlot;
using SkiaSharp;

namespace SparseProp.Results.Plots;

/// <summary>Draws plots once.</summary>
internal static class PlotPass
{
    /// <summary>
    /// Lets the plot settle: it draws all again when its limits have changed since it was last drawn, as they have the first time, and
    /// then everything translucent would be twice as dark and vector graphics twice as large.
    /// </summary>
    public static void Settle(Plot plot, PixelRect rect)
    {
        using var recorder = new SKPictureRecorder();
        plot.Render(recorder.BeginRecording(rect.ToSKRect()), rect);
    }
}
