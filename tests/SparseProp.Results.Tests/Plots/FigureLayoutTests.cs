using SparseProp.Results.Plots;

namespace SparseProp.Results.Tests.Plots;

/// <summary>Nothing that is written in a figure leaves its place, however narrow the figure is and however long the names are.</summary>
public sealed class FigureLayoutTests
{
    private const float PointsPerMillimetre = 72 / 25.4f;

    private static readonly string[] Labels =
    [
        "rate (Hz)",
        "mean firing rate per neuron (Hz)",
        "mean coefficient of variation of interspike intervals",
        "mean covariance of all pairs' counts in 1 s over their mean variance",
        "distance of the weights from the teacher's after training, over that before",
    ];

    private const string LongName = "lif, j0 = 0.5, rate = 1, tau = 0.01, engine = window, topology = independent, stop_unit = seconds";

    public static MatrixTheoryData<int, int, string> Figures => new([60, 85, 120, 180], [1, 3, 5], ["k = 20", LongName, "a-name-without-a-space-that-is-wider-than-any-journals-column-and-goes-on"]);

    [Theory]
    [MemberData(nameof(Figures))]
    public void LabelsAndLegendFit(int millimetres, int panels, string series)
    {
        var width = millimetres * PointsPerMillimetre;
        var figure = FigureOf(panels, series);

        var layout = new FigureLayout(figure, width);

        Assert.All(Enumerable.Range(0, panels), i =>
        {
            var panel = layout.DataRect(i);
            Assert.All(layout.YLabels[i].Split('\n'), line => Assert.InRange(FigureFont.WidthOf(line, FigureFont.Size), 0, panel.Height));
            Assert.True(panel.Width > 40, $"a panel of {panel.Width} points");
        });
        Assert.All(layout.XLabel.Split('\n'), line => Assert.InRange(FigureText.WidthOf(line, FigureFont.Size), 0, width - FigureLayout.Margin));
        Assert.All(layout.Caption, line => Assert.InRange(FigureText.WidthOf(line, FigureFont.SmallSize), 0, width));
        Assert.All(layout.Legend.Lines, line => Assert.InRange(line.Right, 0, width));
        Assert.True(layout.Legend.Height + FigureLayout.Margin <= layout.DataRect(0).Top);
    }

    [Fact]
    public void TheCaptionSaysWhatBarsAndPalePointsAre()
    {
        var known = new FigureSeries("k = 20", SeriesForm.Markers, [new(1, 2, 0.1, 3), new(2, 2, 0.1, 5), new(3, 2, double.NaN, 1)]);
        var doubtful = known with { Points = [known.Points[0] with { IsDoubtful = true }] };

        Assert.Equal("bars: 95 % confidence, n = 3 to 5", Plotted.FigureOf(known).Caption);
        Assert.Equal("bars: 95 % confidence, n = 3; pale: too few spikes, or in the transient", Plotted.FigureOf(doubtful).Caption);
        Assert.Equal("bands: 95 % confidence, n = 3 to 5", Plotted.FigureOf(known with { Form = SeriesForm.Line }).Caption);
        Assert.Equal("", Plotted.FigureOf(Plotted.Series("k = 20", (1, 2))).Caption);
    }

    private static Figure FigureOf(int panels, string series)
    {
        FigureSeries[] all =
        [
            .. Enumerable.Range(0, 7).Select(i => new FigureSeries(
                $"{series} {i}", SeriesForm.Markers, [new(20, 0.0123 + i, 0.001, 3), new(20_000, 0.02 + i, 0.001, 3)])),
        ];
        return new Figure(
            new FigureAxis("g", "how many times as strong as an excitatory synapse an inhibitory one is in this network", false),
            [.. Enumerable.Range(0, panels).Select(i => new FigurePanel(new FigureAxis("y", Labels[i], false), all, []))],
            []);
    }
}
