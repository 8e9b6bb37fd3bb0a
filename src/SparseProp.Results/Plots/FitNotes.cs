using ScottPlot;

namespace SparseProp.Results.Plots;

/// <summary>The exponents of a panel's power laws, written into the corner that has the fewest points.</summary>
internal static class FitNotes
{
    /// <summary>More would cover the panel; the command prints them all.</summary>
    private const int MostNotes = 6;

    private const float Inset = 4;

    /// <param name="plot">The panel, whose limits are set.</param>
    /// <param name="panel">What it shows.</param>
    /// <param name="x">Its axis to the right.</param>
    /// <param name="y">Its upright axis.</param>
    /// <param name="size">Size of its data area in points.</param>
    /// <param name="ink">Its colours.</param>
    public static void AddTo(Plot plot, FigurePanel panel, AxisScale x, AxisScale y, PixelSize size, FigureInk ink)
    {
        var fits = panel.Series.Select((series, i) => (series.Fit, i)).Where(fit => fit.Fit is not null).ToList();
        if (fits.Count is 0 or > MostNotes)
        {
            return;
        }

        List<(string Text, Color Color)> lines =
        [
            ("exponents, 95 % confidence", ink.Text),
            .. fits.Select(fit => (TextOf(fit.Fit!), SeriesStyle.ColorOf(fit.i, panel.Series.Count))),
        ];
        var width = (lines.Max(line => FigureLayout.WidthOf(line.Text, FigureLayout.SmallFontSize)) + (2 * Inset)) / size.Width;
        var height = ((lines.Count * FigureLayout.LineHeight) + Inset) / size.Height;
        var corner = EmptiestCorner(panel, x, y, width, height);
        for (var i = 0; i < lines.Count; i++)
        {
            var text = plot.Add.Text(lines[i].Text, corner.Left ? x.Low : x.High, corner.Top ? y.High : y.Low);
            text.LabelStyle = FigureLayout.Label(lines[i].Text, FigureLayout.SmallFontSize, lines[i].Color);
            text.LabelStyle.Alignment = (corner.Left, corner.Top) switch
            {
                (true, true) => Alignment.UpperLeft,
                (true, false) => Alignment.LowerLeft,
                (false, true) => Alignment.UpperRight,
                _ => Alignment.LowerRight,
            };
            text.OffsetX = corner.Left ? Inset : -Inset;
            text.OffsetY = corner.Top
                ? Inset + (i * FigureLayout.LineHeight)
                : -Inset - ((lines.Count - 1 - i) * FigureLayout.LineHeight);
        }
    }

    /// <summary>"0.98 ± 0.03".</summary>
    public static string TextOf(PowerLaw fit)
    {
        var (exponent, halfWidth) = NumberText.WithError(fit.Exponent, fit.HalfWidth);
        return $"{exponent} ± {halfWidth}";
    }

    private static (bool Left, bool Top) EmptiestCorner(FigurePanel panel, AxisScale x, AxisScale y, double width, double height)
    {
        var places = panel.Series.Concat(panel.References)
            .SelectMany(series => Dense(series.Points))
            .Select(p => (X: (x.PlaceOf(p.X) - x.Low) / (x.High - x.Low), Y: (y.PlaceOf(p.Y) - y.Low) / (y.High - y.Low)))
            .ToList();
        return new[] { (Left: true, Top: true), (Left: false, Top: true), (Left: false, Top: false), (Left: true, Top: false) }
            .MinBy(corner => places.Count(p =>
                (corner.Left ? p.X : 1 - p.X) <= width && (corner.Top ? 1 - p.Y : p.Y) <= height));
    }

    /// <summary>The points and some between them, for lines join them.</summary>
    private static IEnumerable<FigurePoint> Dense(IReadOnlyList<FigurePoint> points)
    {
        const int between = 10;
        for (var i = 0; i + 1 < points.Count; i++)
        {
            var (a, b) = (points[i], points[i + 1]);
            for (var j = 0; j < between; j++)
            {
                var share = (double)j / between;
                yield return new FigurePoint(Between(a.X, b.X, share), Between(a.Y, b.Y, share), double.NaN, 0);
            }
        }

        if (points.Count > 0)
        {
            yield return points[^1];
        }
    }

    private static double Between(double a, double b, double share) =>
        a > 0 && b > 0 ? a * Math.Pow(b / a, share) : a + (share * (b - a));
}
