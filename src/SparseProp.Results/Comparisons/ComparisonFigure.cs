using System.Globalization;
using ScottPlot;
using SkiaSharp;

namespace SparseProp.Results.Comparisons;

/// <summary>Two panels over the number of the spike: the error of its time, and the difference of the neurons' numbers.</summary>
public sealed class ComparisonFigure
{
    /// <summary>Most dots in a panel; of more spikes each dot is the worst of several.</summary>
    public const int MostDots = 20_000;

    private const int Width = 1200;
    private const int Height = 800;
    private const int LeftMargin = 90;
    private const int RightMargin = 50;
    private const float Dot = 2f;

    private readonly string _path;

    private ComparisonFigure(string path) => _path = path;

    /// <summary>Begins a figure for a file whose format its ending says.</summary>
    /// <exception cref="ArgumentException">The ending is neither .png nor .svg.</exception>
    public static ComparisonFigure ForFile(string path) => Path.GetExtension(path) is ".png" or ".svg"
        ? new ComparisonFigure(path)
        : throw new ArgumentException($"'{path}' ends neither in .png nor in .svg, so its format is unknown");

    /// <param name="comparison">What is drawn.</param>
    /// <param name="caption">What was compared.</param>
    /// <param name="toleranceSeconds">Drawn as a line across the errors.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(SpikeComparison comparison, string caption, double toleranceSeconds)
    {
        using var errors = new Plot();
        using var indices = new Plot();
        var spikesPerDot = ((comparison.Spikes - 1) / MostDots) + 1;
        DrawErrors(errors, comparison, spikesPerDot, toleranceSeconds);
        DrawIndices(indices, comparison, spikesPerDot);
        errors.Title(caption);
        indices.XLabel(spikesPerDot == 1 ? "spike" : $"spike (each dot is the worst of {spikesPerDot})");
        foreach (var panel in new[] { errors, indices })
        {
            panel.Axes.SetLimitsX(0, comparison.Spikes + 1);
            panel.Axes.Left.MinimumSize = LeftMargin;
            panel.Axes.Right.MinimumSize = RightMargin;
        }

        var figure = new Multiplot();
        figure.Reset(errors);
        figure.AddPlot(indices);
        Save(figure);
    }

    private static void DrawErrors(Plot plot, SpikeComparison comparison, int spikesPerDot, double toleranceSeconds)
    {
        var dots = Worst(comparison.Spikes, spikesPerDot, comparison.ErrorSeconds);
        var smallest = dots.Where(dot => dot.Value > 0).Select(dot => (double?)dot.Value).Min();
        var axis = new ErrorAxis(smallest, Math.Max(comparison.MaxErrorSeconds, toleranceSeconds));
        AddDots(plot, [.. dots.Where(dot => dot.Value == 0)], axis.Of, Colors.Gray);
        AddDots(plot, [.. dots.Where(dot => dot.Value > 0)], axis.Of, Colors.Black);
        if (toleranceSeconds > 0)
        {
            var line = plot.Add.HorizontalLine(axis.Of(toleranceSeconds), 1.5f, Colors.Red, LinePattern.Dashed);
            line.LegendText = string.Create(CultureInfo.InvariantCulture, $"tolerance {toleranceSeconds:0.###e+0} s");
            plot.ShowLegend(Alignment.UpperRight);
        }

        plot.YLabel("|error| of spike time (s)");
        axis.Apply(plot);
    }

    private static void DrawIndices(Plot plot, SpikeComparison comparison, int spikesPerDot)
    {
        var dots = Worst(comparison.Spikes, spikesPerDot, i => comparison.IndexDifference(i));
        AddDots(plot, dots, value => value, Colors.Black);
        var largest = Math.Max(1, dots.Max(dot => Math.Abs(dot.Value)));
        plot.YLabel("difference of index");
        plot.Axes.SetLimitsY(-1.1 * largest, 1.1 * largest);
        if (largest == 1)
        {
            plot.Axes.Left.SetTicks([-1, 0, 1], ["-1", "0", "1"]);
        }
    }

    /// <summary>The largest value, by size, of every few spikes, and the number of its spike (from 1).</summary>
    private static List<(int Spike, double Value)> Worst(int spikes, int spikesPerDot, Func<int, double> value) =>
        [.. Enumerable.Range(0, spikes)
            .Select(i => (i + 1, value(i)))
            .Chunk(spikesPerDot)
            .Select(chunk => chunk.MaxBy(dot => Math.Abs(dot.Item2)))];

    private static void AddDots(Plot plot, List<(int Spike, double Value)> dots, Func<double, double> place, Color color)
    {
        if (dots.Count == 0)
        {
            return;
        }

        double[] spikes = [.. dots.Select(dot => (double)dot.Spike)];
        double[] places = [.. dots.Select(dot => place(dot.Value))];
        var markers = plot.Add.Markers(spikes, places);
        markers.MarkerStyle.Shape = MarkerShape.FilledCircle;
        markers.MarkerStyle.Size = Dot;
        markers.MarkerStyle.FillColor = color;
    }

    private void Save(Multiplot figure)
    {
        if (Path.GetExtension(_path) == ".png")
        {
            figure.SavePng(_path, Width, Height);
            return;
        }

        using var file = File.Create(_path);
        using var canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, Height), file);
        figure.Render(canvas, new PixelRect(0, Width, Height, 0));
    }
}
