namespace SparseProp.Results.Plots;

/// <summary>The line below a figure that says what its bars, bands and pale points are.</summary>
internal static class FigureCaption
{
    public static string Of(Figure figure)
    {
        var series = figure.Panels.SelectMany(panel => panel.Series).ToList();
        List<string> parts = [.. Intervals(series)];
        if (series.Any(one => one.Points.Any(point => point.IsDoubtful)))
        {
            parts.Add("pale: too few spikes, or in the transient");
        }

        return string.Join("; ", parts);
    }

    private static IEnumerable<string> Intervals(List<FigureSeries> series)
    {
        var known = series.SelectMany(one => one.Points.Where(point => point.HalfWidth > 0).Select(point => (one.Form, point.Count))).ToList();
        if (known.Count == 0)
        {
            yield break;
        }

        var (fewest, most) = (known.Min(one => one.Count), known.Max(one => one.Count));
        var what = known.Any(one => one.Form == SeriesForm.Markers) ? "bars" : "bands";
        yield return $"{what}: 95 % confidence, n = {(fewest == most ? $"{most}" : $"{fewest} to {most}")}";
    }
}
