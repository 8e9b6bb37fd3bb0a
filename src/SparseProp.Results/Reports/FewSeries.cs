using SparseProp.Results.Plots;

namespace SparseProp.Results.Reports;

/// <summary>A figure with as many series as have colours of their own.</summary>
internal static class FewSeries
{
    /// <summary>The figure, or series evenly chosen of it, and a note that says so.</summary>
    public static Figure Of(Figure figure)
    {
        var count = figure.Panels[0].Series.Count;
        var places = PlacesIn(count);
        return places.Count == count
            ? figure
            : figure with
            {
                Panels = [.. figure.Panels.Select(panel => panel with { Series = [.. places.Select(place => panel.Series[place])] })],
                Notes = [.. figure.Notes, $"{places.Count} of {count} groups"],
            };
    }

    /// <summary>Some of so many places, the first and last among them.</summary>
    public static IReadOnlyList<int> PlacesIn(int count) => count <= SeriesStyle.MostColors
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, SeriesStyle.MostColors).Select(i => (int)((long)i * (count - 1) / (SeriesStyle.MostColors - 1)))];
}
