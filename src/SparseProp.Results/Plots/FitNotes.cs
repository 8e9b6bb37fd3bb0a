using ScottPlot;
using SkiaSharp;

namespace SparseProp.Results.Plots;

/// <summary>The exponents of a panel's power laws, written into one of its corners.</summary>
internal sealed class FitNotes
{
    /// <summary>More would cover the panel; the command prints them all.</summary>
    private const int MostNotes = 6;

    private const string Heading = "exponents, 95 % confidence";
    private const float Inset = 5;
    private const float Symbol = 9;

    private readonly List<(string Text, int Series)> _notes;
    private readonly SeriesStyles _styles;

    /// <param name="all">All series of the panel.</param>
    public FitNotes(IReadOnlyList<FigureSeries> all)
    {
        var fits = all.Select((series, i) => (series.Fit, Series: i)).Where(fit => fit.Fit is not null).ToList();
        _notes = fits.Count > MostNotes ? [] : [.. fits.Select(fit => (TextOf(fit.Fit!), fit.Series))];
        _styles = new SeriesStyles(all);
    }

    public bool IsEmpty => _notes.Count == 0;

    /// <summary>How much room they take, in points.</summary>
    public PixelSize Size => new(
        (2 * Inset) + Math.Max(
            FigureText.WidthOf(Heading, FigureFont.SmallSize),
            Symbol + _notes.Max(note => FigureText.WidthOf(note.Text, FigureFont.SmallSize))),
        (2 * Inset) + (FigureFont.LineHeight * (_notes.Count + 1)));

    /// <summary>"0.98 ± 0.03".</summary>
    public static string TextOf(PowerLaw fit) => NumberText.WithError(fit.Exponent, fit.HalfWidth);

    /// <summary>A corner without a point or line in it, where there is one.</summary>
    /// <param name="panel">What the panel shows.</param>
    /// <param name="x">Its axis to the right.</param>
    /// <param name="y">Its upright axis.</param>
    /// <param name="width">Width of the notes as a share of the panel's.</param>
    /// <param name="height">Height of the notes as a share of the panel's.</param>
    public static (bool Left, bool Top)? EmptyCorner(FigurePanel panel, AxisScale x, AxisScale y, double width, double height)
    {
        var places = panel.Series.Concat(panel.References)
            .SelectMany(series => Dense(series))
            .Select(p => (X: x.ShareOf(p.X), Y: y.ShareOf(p.Y)))
            .ToList();
        foreach (var (left, top) in new[] { (true, true), (false, false), (false, true), (true, false) })
        {
            if (!places.Any(p => (left ? p.X : 1 - p.X) <= width && (top ? 1 - p.Y : p.Y) <= height))
            {
                return (left, top);
            }
        }

        return null;
    }

    /// <param name="canvas">The figure's.</param>
    /// <param name="data">The panel between its axes.</param>
    /// <param name="corner">Which corner.</param>
    /// <param name="ink">Colours.</param>
    public void Draw(SKCanvas canvas, PixelRect data, (bool Left, bool Top) corner, FigureInk ink)
    {
        using var paint = Paint.NewDisposablePaint();
        var left = corner.Left ? data.Left + Inset : data.Right - Size.Width + Inset;
        var middle = (corner.Top ? data.Top : data.Bottom - Size.Height) + Inset + (FigureFont.LineHeight / 2);
        FigureText.Draw(canvas, Heading, FigureFont.SmallSize, new Pixel(left, middle), ink);
        foreach (var (text, series) in _notes)
        {
            middle += FigureFont.LineHeight;
            _styles.MarkerOf(series, FigureDrawing.MarkerSize).Render(canvas, new Pixel(left + (Symbol / 3), middle), paint);
            FigureText.Draw(canvas, text, FigureFont.SmallSize, new Pixel(left + Symbol, middle), ink);
        }
    }

    /// <summary>The points, the ends of their error bars and some places between them, for lines join them.</summary>
    private static IEnumerable<FigurePoint> Dense(FigureSeries series)
    {
        const int between = 10;
        var points = series.Points;
        for (var i = 0; i < points.Count; i++)
        {
            yield return points[i];
            if (points[i].HalfWidth > 0)
            {
                yield return points[i] with { Y = points[i].Y + points[i].HalfWidth };
                yield return points[i] with { Y = points[i].Y - points[i].HalfWidth };
            }

            for (var j = 0; j < between && i + 1 < points.Count; j++)
            {
                var x = Between(points[i].X, points[i + 1].X, (double)j / between);
                var y = series.Fit?.At(x) ?? Between(points[i].Y, points[i + 1].Y, (double)j / between);
                yield return new FigurePoint(x, y, double.NaN, 0);
            }
        }
    }

    private static double Between(double a, double b, double share) =>
        a > 0 && b > 0 ? a * Math.Pow(b / a, share) : a + (share * (b - a));
}
