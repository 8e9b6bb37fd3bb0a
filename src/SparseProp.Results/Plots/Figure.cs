using SparseProp.Results.Tables;

namespace SparseProp.Results.Plots;

/// <summary>What a figure shows, before it is drawn: panels above one another over the same x axis.</summary>
/// <param name="X">The axis that all panels share.</param>
/// <param name="Panels">From top to bottom.</param>
/// <param name="Notes">What the reader must know who looks at it, in words: points left out, averages over what differs.</param>
public sealed record Figure(FigureAxis X, IReadOnlyList<FigurePanel> Panels, IReadOnlyList<string> Notes)
{
    /// <summary>What bars, bands and pale points are, in a line below all; empty where there are none.</summary>
    public string Caption => FigureCaption.Of(this);
}

/// <summary>An axis.</summary>
/// <param name="Name">The column that it shows.</param>
/// <param name="Label">What is written beside it, with its unit.</param>
/// <param name="IsLogarithmic">Whether equal ratios have equal lengths. Then it has no place for what is not positive.</param>
public sealed record FigureAxis(string Name, string Label, bool IsLogarithmic);

/// <summary>One panel.</summary>
/// <param name="Y">Its upright axis.</param>
/// <param name="Series">What is in it, the series of the same place in the same colour in all panels.</param>
/// <param name="References">Curves from elsewhere.</param>
public sealed record FigurePanel(FigureAxis Y, IReadOnlyList<FigureSeries> Series, IReadOnlyList<FigureSeries> References);

/// <summary>How a series is drawn.</summary>
public enum SeriesForm
{
    /// <summary>Markers with error bars, joined by a line where no power law is drawn.</summary>
    Markers,

    /// <summary>Stairs, each point the lower edge of a bin.</summary>
    Stairs,

    /// <summary>A line in a band of its confidence intervals.</summary>
    Line,
}

/// <summary>Points that belong together.</summary>
/// <param name="Label">Their name in the legend.</param>
/// <param name="Form">How they are drawn.</param>
/// <param name="Points">In ascending order of x; only those that have a place on the axes.</param>
public sealed record FigureSeries(string Label, SeriesForm Form, IReadOnlyList<FigurePoint> Points)
{
    /// <summary>The values of the parameters that the series is of, as text by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Group { get; init; } = [];

    /// <summary>The power law through the points; null where none was asked for, or <see cref="FitRefusal"/> says why.</summary>
    public PowerLaw? Fit { get; init; }

    /// <summary>Why no power law was fitted; null where it was, or was not asked for.</summary>
    public string? FitRefusal { get; init; }
}

/// <summary>One point of a series.</summary>
/// <param name="X">Where it stands.</param>
/// <param name="Y">Mean over replicates.</param>
/// <param name="StandardError">Of the mean; NaN where there is none.</param>
/// <param name="Count">Number of replicates.</param>
public readonly record struct FigurePoint(double X, double Y, double StandardError, int Count)
{
    /// <inheritdoc cref="Estimate.HalfWidth"/>
    public double HalfWidth => new Estimate(Y, StandardError, Count).HalfWidth;

    /// <summary>Whether some of its replicates stand on too few spikes, or begin in the transient: it is drawn pale.</summary>
    public bool IsDoubtful { get; init; }
}
