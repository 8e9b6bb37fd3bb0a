using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SparseProp.Engine;
using SparseProp.Results.Plots;

namespace SparseProp.Results.Spikes;

/// <summary>A spike raster: a dot for each spike, time to the right, neurons upwards.</summary>
public sealed class SpikeRaster
{
    /// <summary>Most spikes that are drawn; more make no other picture, only a larger file.</summary>
    public const int MostSpikes = 200_000;

    private const int Width = 1200;
    private const int Height = 700;
    private const float LabelSize = 16;

    // Dots shrink as the raster fills, from well visible to one pixel.
    private const float LargestDot = 4f;
    private const float SmallestDot = 1f;
    private const double DotsAtLargest = 2_000;

    private readonly string _path;
    private readonly List<double> _times = [];
    private readonly List<double> _neurons = [];

    private SpikeRaster(string path) => _path = path;

    /// <summary>Begins a raster for a file whose format its ending says.</summary>
    /// <exception cref="ArgumentException">The ending is neither .png nor .svg.</exception>
    public static SpikeRaster ForFile(string path) => Path.GetExtension(path) is ".png" or ".svg"
        ? new SpikeRaster(path)
        : throw new ArgumentException($"'{path}' ends neither in .png nor in .svg, so its format is unknown");

    /// <param name="neuron">Counted from 0, drawn from 1.</param>
    /// <param name="timeSeconds">Seconds since the initial condition.</param>
    public void Add(int neuron, double timeSeconds)
    {
        if (_times.Count < MostSpikes)
        {
            _times.Add(timeSeconds);
            _neurons.Add(neuron + 1.0);
        }
    }

    /// <summary>Draws what was added.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(SimulationParameters parameters, SimulationResult result)
    {
        using var plot = new Plot();
        var dots = plot.Add.Markers(_times, _neurons);
        dots.MarkerStyle.Size = (float)Math.Clamp(LargestDot * Math.Sqrt(DotsAtLargest / Math.Max(1, _times.Count)), SmallestDot, LargestDot);
        dots.MarkerStyle.Shape = MarkerShape.FilledCircle;
        dots.MarkerStyle.FillColor = Colors.Black;
        plot.XLabel("time (s)", LabelSize);
        plot.YLabel("neuron", LabelSize);
        plot.Title(Caption(parameters, result), LabelSize);
        Furnish(plot.Axes.Bottom, AxisScale.Over(isLogarithmic: false, startsAtZero: false, _times));
        Furnish(plot.Axes.Left, AxisScale.Over(isLogarithmic: false, startsAtZero: false, [1, parameters.N]));
        plot.Font.Set(FigureFont.Name);
        if (Path.GetExtension(_path) == ".png")
        {
            plot.SavePng(_path, Width, Height);
        }
        else
        {
            PlotPass.Settle(plot, new PixelRect(0, Width, Height, 0));
            plot.SaveSvg(_path, Width, Height);
        }
    }

    private static void Furnish(IAxis axis, AxisScale scale)
    {
        axis.Range.Set(scale.Low, scale.High);
        axis.TickGenerator = new NumericManual([.. scale.Ticks.Select(tick => Tick.Major(tick.Place, tick.Label))]);
        axis.TickLabelStyle.FontSize = LabelSize;
        axis.Label.Bold = false;
    }

    private string Caption(SimulationParameters p, SimulationResult result)
    {
        var shown = _times.Count < result.Spikes ? $", first {_times.Count} of {result.Spikes} spikes" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{EngineNames.Of(p.Model)}, n = {p.N}, k = {p.K}, j0 = {p.J0}: {result.RateHz:0.###} Hz{shown}");
    }
}
