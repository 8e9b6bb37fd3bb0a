using SparseProp.Results.Plots;
using SparseProp.Results.Records;

namespace SparseProp.Results.Tests.Plots;

public sealed class ScalingFigureTests
{
    private static readonly PointRecord[] Sweep =
    [
        .. from n in new[] { 1000, 100, 10_000 }
           from k in new[] { 50, 20 }
           from seed in new[] { 1, 2 }
           select Plotted.Point(n, k, seed: seed, rate: n * k * seed, cv: 0.5 + (0.1 * seed)),
    ];

    [Fact]
    public void EveryValueHasAPanelAndEveryGroupASeries()
    {
        var figure = Draw(Plotted.Over("n", "rate,cv", "k"), Sweep);

        Assert.Equal(["rate_hz", "cv_isi"], figure.Panels.Select(panel => panel.Y.Name));
        Assert.All(figure.Panels, panel => Assert.Equal(["k = 20", "k = 50"], panel.Series.Select(series => series.Label)));
        Assert.All(figure.Panels[1].Series, series => Assert.Equal([100, 1000, 10_000], series.Points.Select(point => point.X)));
        Assert.Equal([3000, 30_000, 300_000], figure.Panels[0].Series[0].Points.Select(point => point.Y));
    }

    [Fact]
    public void WithoutByTheSeriesAreOfAllThatVaries() =>
        Assert.Equal(
            ["n = 100, j0 = 1", "n = 100, j0 = 2", "n = 200, j0 = 1"],
            Draw(Plotted.Over("k", "rate"), Plotted.Point(200, 10), Plotted.Point(100, 20), Plotted.Point(100, j0: 2)).Panels[0].Series.Select(s => s.Label));

    [Fact]
    public void AnErrorIsOfSeveralReplicatesOnly()
    {
        var points = Draw(
            Plotted.Over("n", "rate"), Plotted.Point(100, rate: 1), Plotted.Point(200, rate: 1), Plotted.Point(200, seed: 2, rate: 3)).Panels[0].Series[0].Points;

        Assert.Equal((1, double.NaN, 1), (points[0].Y, points[0].StandardError, points[0].Count));
        Assert.Equal((2, 1, 2), (points[1].Y, points[1].StandardError, points[1].Count));
    }

    [Theory]
    [InlineData(7e-15, 0.5, 6.0)]
    [InlineData(7e-15, 3e-14, 9e-14)]
    [InlineData(1e-15, 2e-15, 0.7)]
    public void RoundingDecidesNoAutomaticAxis(params double[] cvs)
    {
        var figure = Draw(Plotted.Over("n", "cv"), [.. cvs.Select((cv, i) => Plotted.Point(100 * (i + 1), cv: cv))]);

        var panel = Assert.Single(figure.Panels);
        Assert.False(panel.Y.IsLogarithmic);
        Assert.Equal(cvs.Select(cv => cv < 1e-12 ? 0 : cv), panel.Series[0].Points.Select(point => point.Y));
    }

    [Fact]
    public void OfTimesWhatIsRoundingBesideTheLargestDecidesNoAxisEither()
    {
        PointRecord[] points = [.. new[] { 1e-14, 5, 6 }.Select((seconds, i) => Plotted.Point(100 * (i + 1)) is var point
            ? point with { Cost = point.Cost! with { WallSeconds = seconds } }
            : throw new InvalidOperationException())];

        Assert.False(Draw(Plotted.Over("n", "wall_s"), points).Panels[0].Y.IsLogarithmic);
        var asked = Draw(Plotted.Over("n", "wall_s") with { Logarithmic = LogarithmicAxes.Y }, points);
        Assert.Equal(2, asked.Panels[0].Series[0].Points.Count);
        Assert.StartsWith("1 mean of wall_s below", Assert.Single(asked.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsAveragedTogetherIsTold()
    {
        var mixed = Draw(Plotted.Over("n", "rate", "j0"), Sweep);

        Assert.Equal("points that differ in k are averaged together; --by tells them apart", mixed.Notes[0]);
        Assert.DoesNotContain(Draw(Plotted.Over("n", "rate", "k"), Sweep).Notes, note => note.Contains("averaged together", StringComparison.Ordinal));
    }

    [Fact]
    public void APointWithoutAResultIsToldAndNotDrawn()
    {
        var figure = Draw(Plotted.Over("j0", "rate", "n"), Plotted.Point(100), Plotted.Failed(2_000_000_000), Plotted.Failed(100, seed: 2));

        Assert.Equal(["n = 100"], figure.Panels[0].Series.Select(series => series.Label));
        Assert.Equal(["2 points failed and are not shown"], figure.Notes);
    }

    [Fact]
    public void TimesOfContendedMachinesAreTold()
    {
        PointRecord[] points = [Plotted.Point(100), Plotted.Point(200, contended: true)];

        Assert.StartsWith("1 of 2 points ran while", Assert.Single(Draw(Plotted.Over("n", "us_per_spike"), points).Notes), StringComparison.Ordinal);
        Assert.Empty(Draw(Plotted.Over("n", "rate"), points).Notes);
    }

    [Theory]
    [InlineData(LogarithmicAxes.Automatic, true, false)]
    [InlineData(LogarithmicAxes.None, false, false)]
    [InlineData(LogarithmicAxes.X, true, false)]
    [InlineData(LogarithmicAxes.Y, false, true)]
    [InlineData(LogarithmicAxes.Both, true, true)]
    public void AxesAreLogarithmicWhereAskedForOrOfWideRange(LogarithmicAxes asked, bool x, bool y)
    {
        var figure = Draw(Plotted.Over("n", "cv") with { Logarithmic = asked }, Sweep);

        Assert.Equal((x, y), (figure.X.IsLogarithmic, figure.Panels[0].Y.IsLogarithmic));
    }

    [Fact]
    public void AMeanThatHasNoLogarithmIsLeftOutAndTold()
    {
        var figure = Draw(
            Plotted.Over("n", "rate") with { Logarithmic = LogarithmicAxes.Y }, Plotted.Point(100, rate: 0), Plotted.Point(200, rate: 5));

        Assert.Equal([200], figure.Panels[0].Series[0].Points.Select(point => point.X));
        Assert.Equal(["1 mean of rate_hz not positive: no place on a logarithmic axis"], figure.Notes);
    }

    [Fact]
    public void PowerLawsAreFittedWhereBothAxesAreLogarithmicOrAskedFor()
    {
        var question = Plotted.Over("n", "rate", "k");

        Assert.All(Draw(question, Sweep).Panels[0].Series, series => Assert.Equal(1, series.Fit!.Exponent, 1e-9));
        Assert.All(Draw(question with { FitsPowerLaws = false }, Sweep).Panels[0].Series, series => Assert.Null(series.Fit));
        Assert.All(Draw(question with { Logarithmic = LogarithmicAxes.X }, Sweep).Panels[0].Series, series => Assert.Null(series.Fit));
        Assert.All(
            Draw(question with { Logarithmic = LogarithmicAxes.None, FitsPowerLaws = true }, Sweep).Panels[0].Series, series => Assert.NotNull(series.Fit));
    }

    [Fact]
    public void AReferenceStandsInThePanelOfItsValueAndStretchesTheAxes()
    {
        var question = Plotted.Over("n", "rate,cv", "k");
        var reference = new ReferenceCurve("paper", question.X, question.Values[1], [new FigurePoint(1, 0.001, double.NaN, 1)]);

        var figure = Draw(question with { References = [reference] }, Sweep);

        Assert.Empty(figure.Panels[0].References);
        Assert.Equal("paper", Assert.Single(figure.Panels[1].References).Label);
        Assert.True(figure.Panels[1].Y.IsLogarithmic);
    }

    [Fact]
    public void AReferenceOfSomethingElseIsRefused()
    {
        var reference = new ReferenceCurve("paper", Plotted.Over("k", "rate").X, Plotted.Over("k", "cv").Values[0], []);

        var error = Assert.Throws<ArgumentException>(() => Draw(Plotted.Over("n", "rate") with { References = [reference] }, Sweep));

        Assert.Contains("paper is cv_isi over k; the figure is rate_hz over n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsDrawnOverModels() =>
        Assert.Contains(
            "'model' has no numbers", Assert.Throws<ArgumentException>(() => Draw(Plotted.Over("model", "rate"), Sweep)).Message, StringComparison.Ordinal);

    [Fact]
    public void WhyThereIsNothingToPlotIsTold()
    {
        Assert.Contains("holds no points", Refusal("rate"), StringComparison.Ordinal);
        Assert.Contains("all points failed, 2 in number", Refusal("rate", Plotted.Failed(), Plotted.Failed(seed: 2)), StringComparison.Ordinal);
        Assert.Contains("no point has chi; a sweep file's record", Refusal("chi", Plotted.Point()), StringComparison.Ordinal);

        static string Refusal(string value, params PointRecord[] points) =>
            Assert.Throws<NothingToPlotException>(() => Draw(Plotted.Over("n", value), points)).Message;
    }

    [Fact]
    public void NoPositiveMeanIsNothingForALogarithmicAxis() =>
        Assert.Contains(
            "no mean of rate_hz is positive",
            Assert.Throws<NothingToPlotException>(
                () => Draw(Plotted.Over("n", "rate") with { Logarithmic = LogarithmicAxes.Both }, Plotted.Point(rate: 0))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("n", "number of neurons n")]
    [InlineData("chi", "Golomb's chi of membrane potentials")]
    [InlineData("tau", "membrane time constant tau (s)")]
    [InlineData("halves_deviation", "first half's rate less the second's (standard errors)")]
    [InlineData("us_per_spike", "CPU time per spike of the network (µs)")]
    public void AnAxisSaysWhatItShowsAndInWhichUnit(string column, string label) =>
        Assert.Equal(label, ColumnLabel.Of(RecordColumns.Published.Find(column)!));

    private static Figure Draw(ScalingQuestion question, params PointRecord[] points) => ScalingFigure.Of(question, () => points, RecordColumns.Published);
}
