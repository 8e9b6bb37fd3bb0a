using ScottPlot;

namespace SparseProp.Results.Plots;

/// <summary>
/// The styles of all series of a figure. Where there are more than colours and several parameters tell them apart, the first parameter
/// has the colours and the others have the markers.
/// </summary>
internal sealed class SeriesStyles
{
    private readonly int _count;
    private readonly int[]? _colors;
    private readonly int[]? _markers;

    public SeriesStyles(IReadOnlyList<FigureSeries> series)
    {
        _count = series.Count;
        if (_count <= SeriesStyle.MostColors || series.Any(one => one.Group.Count < 2))
        {
            return;
        }

        var colors = Places(series, one => one.Group[0].Value);
        var markers = Places(series, one => string.Join('\n', one.Group.Skip(1).Select(part => part.Value)));
        if (colors.Max() < SeriesStyle.MostColors && markers.Max() < SeriesStyle.MostMarkers)
        {
            (_colors, _markers, MarkerCount) = (colors, markers, markers.Max() + 1);
        }
    }

    /// <summary>How many markers each colour has, at most; null where every series has a colour of its own.</summary>
    public int? MarkerCount { get; }

    public Color ColorOf(int place) => _colors is null ? SeriesStyle.ColorOf(place, _count) : SeriesStyle.ColorOf(_colors[place], SeriesStyle.MostColors);

    public MarkerStyle MarkerOf(int place, float size) => SeriesStyle.MarkerOf(_markers?[place] ?? place, ColorOf(place), size);

    public LinePattern PatternOf(int place) => SeriesStyle.PatternOf(_markers?[place] ?? place);

    /// <summary>Of each series, the place of its value among all different ones, in the order in which they come.</summary>
    private static int[] Places(IReadOnlyList<FigureSeries> series, Func<FigureSeries, string> valueOf)
    {
        List<string> values = [.. series.Select(valueOf).Distinct()];
        return [.. series.Select(one => values.IndexOf(valueOf(one)))];
    }
}
