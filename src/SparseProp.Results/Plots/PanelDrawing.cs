using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace SparseProp.Results.Plots;

/// <summary>Draws one panel.</summary>
internal sealed class PanelDrawing(Figure figure, int place, FigureLayout layout, FigureInk ink)
{
    private const float CapSize = 2;
    private const float ThinLine = 0.6f;
    public const float TickLength = 4;
    private const float MinorTickLength = 2;
    private const double BandOpacity = 0.2;
    private const double PaleOpacity = 0.35;
    private const double GridOpacity = 0.12;
    private const int StepsOfFit = 50;

    private readonly FigurePanel _panel = figure.Panels[place];
    private readonly SeriesStyles _styles = new(figure.Panels[place].Series);
    private readonly AxisScale _x = layout.X;
    private readonly AxisScale _y = layout.Y[place];

    public Plot Draw()
    {
        var plot = new Plot();
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        foreach (var reference in _panel.References)
        {
            AddLine(plot, reference.Points, ink.Text, SeriesStyle.PatternOfReferences);
        }

        for (var i = 0; i < _panel.Series.Count; i++)
        {
            AddSeries(plot, i);
        }

        DrawAxes(plot);
        return plot;
    }

    private void AddSeries(Plot plot, int number)
    {
        var series = _panel.Series[number];
        var color = _styles.ColorOf(number);
        if (series.Points.Count == 0)
        {
            return;
        }

        if (series.Form != SeriesForm.Markers)
        {
            AddBand(plot, series.Points, color);
            var line = AddLine(plot, series.Points, color, _styles.PatternOf(number));
            line.ConnectStyle = series.Form == SeriesForm.Stairs ? ConnectStyle.StepHorizontal : ConnectStyle.Straight;
            return;
        }

        AddLine(plot, series.Fit is null ? series.Points : PointsOf(series.Fit, series.Points), color, LinePattern.Solid);
        foreach (var points in series.Points.GroupBy(point => point.IsDoubtful))
        {
            AddMarkers(plot, [.. points], number, points.Key);
        }
    }

    private void AddMarkers(Plot plot, List<FigurePoint> points, int number, bool isPale)
    {
        var style = _styles.MarkerOf(number, FigureDrawing.MarkerSize);
        if (isPale)
        {
            style.FillColor = style.FillColor.WithAlpha(PaleOpacity);
            style.LineColor = style.LineColor.WithAlpha(PaleOpacity);
        }

        AddErrors(plot, points, style.LineColor);
        var markers = plot.Add.ScatterPoints(Places(points, p => _x.PlaceOf(p.X)), Places(points, p => _y.PlaceOf(p.Y)));
        markers.MarkerStyle = style;
    }

    private Scatter AddLine(Plot plot, IReadOnlyList<FigurePoint> points, Color color, LinePattern pattern)
    {
        var line = plot.Add.ScatterLine(Places(points, p => _x.PlaceOf(p.X)), Places(points, p => _y.PlaceOf(p.Y)));
        line.LineStyle = new LineStyle(FigureDrawing.LineWidth, color, pattern);
        return line;
    }

    /// <summary>The confidence intervals around a line.</summary>
    private void AddBand(Plot plot, IReadOnlyList<FigurePoint> points, Color color)
    {
        List<FigurePoint> known = [.. points.Where(p => p.HalfWidth > 0)];
        if (known.Count > 1)
        {
            var band = plot.Add.FillY(
                Places(known, p => _x.PlaceOf(p.X)),
                Places(known, p => _y.PlaceOf(p.Y - p.HalfWidth)),
                Places(known, p => _y.PlaceOf(p.Y + p.HalfWidth)));
            band.FillColor = color.WithAlpha(BandOpacity);
            band.LineWidth = 0;
            band.MarkerShape = MarkerShape.None;
        }
    }

    private void AddErrors(Plot plot, IReadOnlyList<FigurePoint> points, Color color)
    {
        List<FigurePoint> known = [.. points.Where(p => p.HalfWidth > 0)];
        if (known.Count == 0)
        {
            return;
        }

        var none = new double[known.Count];
        plot.Add.Plottable(new ErrorBar(
            Places(known, p => _x.PlaceOf(p.X)),
            Places(known, p => _y.PlaceOf(p.Y)),
            none,
            none,
            Places(known, p => _y.PlaceOf(p.Y + p.HalfWidth) - _y.PlaceOf(p.Y)),
            Places(known, p => _y.PlaceOf(p.Y) - _y.PlaceOf(p.Y - p.HalfWidth)))
        {
            Color = color,
            LineWidth = ThinLine,
            CapSize = CapSize,
        });
    }

    /// <summary>Straight only where both axes are logarithmic.</summary>
    private static List<FigurePoint> PointsOf(PowerLaw fit, IReadOnlyList<FigurePoint> points)
    {
        var (first, last) = (points.First(p => p.X > 0).X, points[^1].X);
        return [.. Enumerable.Range(0, StepsOfFit + 1)
            .Select(i => first * Math.Pow(last / first, (double)i / StepsOfFit))
            .Select(x => new FigurePoint(x, fit.At(x), double.NaN, 0))];
    }

    private void DrawAxes(Plot plot)
    {
        var isLowest = place == figure.Panels.Count - 1;
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Layout.Fixed(layout.PanelPadding(place));
        plot.Axes.SetLimits(_x.Low, _x.High, _y.Low, _y.High);
        plot.Axes.Bottom.TickGenerator = TicksOf(_x);
        plot.Axes.Left.TickGenerator = TicksOf(_y);
        plot.Axes.Bottom.MinimumSize = layout.PanelPadding(place).Bottom;
        plot.Axes.Left.MinimumSize = layout.PanelPadding(place).Left;
        plot.Grid.MajorLineColor = ink.Text.WithAlpha(GridOpacity);
        plot.Grid.MajorLineWidth = ThinLine;
        Label(plot.Axes.Bottom.Label, isLowest ? layout.XLabel : "");
        Label(plot.Axes.Left.Label, layout.YLabels[place]);
        foreach (var axis in plot.Axes.GetAxes().OfType<ScottPlot.AxisPanels.AxisBase>())
        {
            axis.FrameLineStyle.Width = ThinLine;
            axis.FrameLineStyle.Color = ink.Text;
            axis.MajorTickStyle = new TickMarkStyle { Length = TickLength, Width = ThinLine, Color = ink.Text, AntiAlias = true };
            axis.MinorTickStyle = new TickMarkStyle { Length = MinorTickLength, Width = ThinLine, Color = ink.Text, AntiAlias = true };
        }
    }

    private void Label(LabelStyle style, string text)
    {
        style.Text = text;
        style.FontName = FigureFont.Name;
        style.FontSize = FigureFont.Size;
        style.Bold = false;
        style.ForeColor = ink.Text;
    }

    /// <summary>Without labels, see <see cref="TickLabels"/>.</summary>
    private static NumericManual TicksOf(AxisScale scale) => new([
        .. scale.Ticks.Select(tick => Tick.Major(tick.Place, "")),
        .. scale.MinorTicks.Select(Tick.Minor),
    ]);

    private static double[] Places(IReadOnlyList<FigurePoint> points, Func<FigurePoint, double> place) => [.. points.Select(place)];
}
