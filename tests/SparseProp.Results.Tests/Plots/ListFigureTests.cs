using SparseProp.Engine;
using SparseProp.Engine.Stability;
using SparseProp.Engine.Statistics;
using SparseProp.Results.Plots;
using SparseProp.Results.Records;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Tests.Plots;

public sealed class ListFigureTests
{
    private static readonly IReadOnlyList<GroupColumn> BySize = GroupColumn.Named(["n"], RecordColumns.Published);

    [Fact]
    public void AHistogramIsOfTheNeuronsOfAllReplicatesWithTheSilentOnesTold()
    {
        // Bins 29 and 30 are from 0.79 Hz and 1 Hz on.
        var figure = Draw(ListKind.RateHistogram, Rates(1, (29, 40), (30, 60)), Rates(2, (30, 80)));

        var series = Assert.Single(figure.Panels[0].Series);
        Assert.Equal("n = 100 (10 % silent)", series.Label);
        Assert.Equal(SeriesForm.Stairs, series.Form);
        Assert.Equal([0, 0.2, 0.7, 0], series.Points.Select(point => point.Y));
        Assert.Equal([Math.Pow(10, -0.2), Math.Pow(10, -0.1), 1, Math.Pow(10, 0.1)], series.Points.Select(point => point.X), Near);
    }

    [Fact]
    public void AHistogramOfCvIsOfTheNeuronsThatHaveOne()
    {
        var bins = new double[Irregularity.CvBins];
        (bins[0], bins[2]) = (30, 10);
        var irregular = new Irregularity
        {
            CvSd = null,
            CvHistogram = new Series(bins),
            Cv2 = null,
            Cv2Sd = null,
            Lv = null,
            LvSd = null,
            Fano = null,
            FanoNeurons = 0,
            SilentFraction1s = null,
        };

        var series = Draw(ListKind.CvHistogram, With(Plotted.Point(100), result => result with { Irregularity = irregular })).Panels[0].Series[0];

        Assert.Equal("n = 100", series.Label);
        Assert.Equal([(0, 0.75), (0.05, 0), (0.1, 0.25), (0.15, 0)], series.Points.Select(p => (Math.Round(p.X, 9), p.Y)));
    }

    [Fact]
    public void AnAutocorrelationIsAMeanOverReplicatesWithoutLagZero()
    {
        var series = Draw(ListKind.Autocorrelation, Correlated(1, [9, 0.25, 0.5]), Correlated(2, [9, 0.75, 0.5])).Panels[0].Series[0];

        Assert.Equal([(0.001, 0.5, 0.25), (0.002, 0.5, 0)], series.Points.Select(p => (p.X, p.Y, p.StandardError)));
    }

    [Fact]
    public void ExponentsOfNetworksOfAnySizeStandOverTheSameShare()
    {
        var figure = Draw(ListKind.Spectrum, Stable(100, [3, 1]), Stable(200, [4, 2, 0, -1]));

        Assert.Equal([(0.01, 3), (0.02, 1)], figure.Panels[0].Series[0].Points.Select(p => (p.X, p.Y)));
        Assert.Equal([0.005, 0.01, 0.015, 0.02], figure.Panels[0].Series[1].Points.Select(p => p.X));
    }

    [Fact]
    public void ManyPointsAreALineAndFewAreMarkers()
    {
        Assert.Equal(SeriesForm.Markers, FormOf(20));
        Assert.Equal(SeriesForm.Line, FormOf(21));

        static SeriesForm FormOf(int exponents) =>
            Draw(ListKind.Spectrum, Stable(100, [1]), Stable(200, [.. Enumerable.Range(0, exponents).Select(i => -(double)i)])).Panels[0].Series[0].Form;
    }

    [Fact]
    public void FailedPointsAreTold() =>
        Assert.Equal(["1 point failed and is not shown"], Draw(ListKind.Spectrum, Stable(100, [1]), Plotted.Failed(100, seed: 2)).Notes);

    [Fact]
    public void WhyThereIsNothingToPlotIsTold()
    {
        Assert.Contains("holds no points", Refusal(), StringComparison.Ordinal);
        Assert.Contains("all points failed, 1 in number", Refusal(Plotted.Failed()), StringComparison.Ordinal);
        Assert.Contains("no point has lyapunov_spectrum_per_s", Refusal(Plotted.Point()), StringComparison.Ordinal);

        static string Refusal(params PointRecord[] points) =>
            Assert.Throws<NothingToPlotException>(() => Draw(ListKind.Spectrum, points)).Message;
    }

    private static readonly Func<double, double, bool> Near = (a, b) => Math.Abs(a - b) < 1e-9;

    private static Figure Draw(ListKind kind, params PointRecord[] points) => ListFigure.Of(kind, BySize, () => points, RecordColumns.Published);

    private static PointRecord With(PointRecord record, Func<SimulationResult, SimulationResult> change) =>
        record with { Result = change(record.Result!) };

    private static PointRecord Rates(long seed, params (int Bin, double Neurons)[] counts)
    {
        var bins = new double[RateDistribution.Bins];
        foreach (var (bin, neurons) in counts)
        {
            bins[bin] = neurons;
        }

        return With(Plotted.Point(100, seed: seed), result => result with
        {
            Rates = new RateDistribution
            {
                SdHz = 0,
                SilentFraction = 0,
                InDegreeCorrelation = null,
                InDegreeSlopeHz = null,
                PercentilesHz = new Series([]),
                Histogram = new Series(bins),
            },
        });
    }

    private static PointRecord Correlated(long seed, double[] values) => With(Plotted.Point(100, seed: seed), result => result with
    {
        Population = new PopulationActivity
        {
            Fano1ms = null,
            Fano10ms = null,
            Fano100ms = null,
            Fano1s = null,
            MeanCorrelation1s = null,
            CountChi1s = null,
            ActivityBinSeconds = 1,
            Activity = new Series([]),
            Autocorrelation = new Series(values),
            AutocorrelationLagSeconds = new Series([0, 0.001, 0.002]),
        },
    });

    private static PointRecord Stable(int n, double[] exponents) => With(Plotted.Point(n), result => result with
    {
        Stability = new NetworkStability
        {
            Largest = exponents[0],
            StandardError = null,
            Mean = 0,
            Spectrum = new Series(exponents),
            EntropyBitsPerSpike = null,
            KaplanYorkeDimension = null,
        },
    });
}
