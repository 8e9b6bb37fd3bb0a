using System.Globalization;
using ScottPlot;

namespace SparseProp.Results.Comparisons;

/// <summary>A logarithmic axis for errors, on which zero has a place of its own below all others.</summary>
internal sealed class ErrorAxis
{
    // A double near 1 ms resolves 1e-19.
    private const int UsualBottom = -19;
    private const int MostTicks = 12;
    private const double RoomForLegend = 0.15;

    private readonly int _bottom;
    private readonly int _top;

    /// <param name="smallest">The smallest error that is not zero, or null if there is none.</param>
    /// <param name="largest">The largest number that must have a place.</param>
    public ErrorAxis(double? smallest, double largest)
    {
        _bottom = smallest is { } error ? (int)Math.Floor(Math.Log10(error)) : UsualBottom;
        _top = largest > 0 ? Math.Max(_bottom + 1, (int)Math.Ceiling(Math.Log10(largest))) : _bottom + 1;
    }

    /// <summary>Where zero stands.</summary>
    public double Zero => _bottom - 1;

    public double Of(double error) => error == 0 ? Zero : Math.Log10(error);

    public void Apply(Plot plot)
    {
        plot.Axes.SetLimitsY(Zero - 0.6, _top + (RoomForLegend * (_top - Zero)));
        var step = ((_top - _bottom) / MostTicks) + 1;
        var decades = Enumerable.Range(_bottom, _top - _bottom + 1).Where(e => (e - _bottom) % step == 0).ToList();
        plot.Axes.Left.SetTicks(
            [Zero, .. decades.Select(e => (double)e)],
            ["0", .. decades.Select(e => string.Create(CultureInfo.InvariantCulture, $"1e{e}"))]);
    }
}
