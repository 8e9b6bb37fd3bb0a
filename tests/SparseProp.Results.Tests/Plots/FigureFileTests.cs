using System.Buffers.Binary;
using System.Globalization;
using System.Xml.Linq;
using ScottPlot;
using SparseProp.Results.Plots;

namespace SparseProp.Results.Tests.Plots;

public sealed class FigureFileTests : IDisposable
{
    private const string FirstColor = "#0072B2";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly FigureSeries Line = Plotted.Series("k = 20", (100, 1), (200, 3));

    private readonly string _folder = Directory.CreateTempSubdirectory("sparseprop-").FullName;

    [Fact]
    public void APngIsAsWideAsAskedForAtThreeHundredDotsPerInch()
    {
        var png = File.ReadAllBytes(Saved("figure.png", Plotted.FigureOf(Line), millimetres: 100));

        Assert.Equal([0x89, .. "PNG\r\n\x1a\n"u8], png[..8]);
        Assert.Equal(Math.Ceiling(100 / 25.4 * 300), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), 500, 1200);
        Assert.Equal("pHYs"u8, png.AsSpan(37, 4));
        Assert.Equal(11_811, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(41)));
    }

    [Fact]
    public void AnSvgHasItsTextsAsText()
    {
        var root = Drawn(Plotted.FigureOf(Line, Plotted.Series("k = 50", (100, 2))));

        var texts = TextsIn(root);
        Assert.Superset(new HashSet<string> { "k = 20", "k = 50", "rate (Hz)", "number of neurons n", "100", "200", "1", "3" }, texts.ToHashSet());
        Assert.Equal("rate (Hz) over number of neurons n", root.Element(Svg + "title")!.Value);
        Assert.All(root.Descendants(Svg + "text"), text => Assert.EndsWith("Arial, Helvetica, sans-serif", text.Attribute("font-family")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void AnSvgHasTheWidthThatIsAskedFor()
    {
        var root = Drawn(Plotted.FigureOf(Line));

        Assert.Equal(100 * 72 / 25.4, double.Parse(root.Attribute("width")!.Value.Replace("pt", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), 0.01);
        Assert.StartsWith($"0 0 {root.Attribute("width")!.Value[..^2]} ", root.Attribute("viewBox")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesAreTextWhateverTheyHold()
    {
        const string hostile = "</text><script>alert('&')</script>";
        var texts = TextsIn(Drawn(Plotted.FigureOf(Line, Plotted.Series(hostile, (100, 2)))));

        Assert.Contains(hostile, texts);
    }

    [Fact]
    public void ExponentsAreSmallDigitsForTheFontMayLackRaisedOnes()
    {
        var series = Plotted.Series("all", (1e3, 1), (1e9, 2));
        var figure = Plotted.FigureOf(series) with { X = new FigureAxis("n", "n", IsLogarithmic: true) };

        var root = Drawn(figure);

        Assert.DoesNotContain(root.Value, c => "⁰⁴⁵⁶⁷⁸⁹⁻".Contains(c, StringComparison.Ordinal));
        Assert.Equal(["3", "4", "5", "6", "7", "8", "9"], root.Descendants(Svg + "text").Where(text => SizeOf(text) < 7).Select(text => text.Value));
    }

    [Fact]
    public void OneSeriesNeedsNoLegend()
    {
        Assert.DoesNotContain("k = 20", TextsIn(Drawn(Plotted.FigureOf(Line))));
        Assert.Contains("paper", TextsIn(Drawn(WithReference("paper"))));

        static Figure WithReference(string label)
        {
            var figure = Plotted.FigureOf(Line);
            return figure with { Panels = [figure.Panels[0] with { References = [Line with { Label = label, Form = SeriesForm.Line }] }] };
        }
    }

    [Fact]
    public void ErrorBarsAreDrawnWhereThereAreErrors()
    {
        var known = Line with { Points = [.. Line.Points.Select(point => point with { StandardError = 0.5, Count = 5 })] };

        Assert.Equal(0, ThinPathsIn(Line));
        Assert.True(ThinPathsIn(known) > 0);

        int ThinPathsIn(FigureSeries series) => Drawn(Plotted.FigureOf(series)).Descendants()
            .Count(path => (string?)path.Attribute("stroke") == FirstColor && ((string?)path.Attribute("stroke-width"))!.StartsWith("0.6", StringComparison.Ordinal));
    }

    [Fact]
    public void ErrorsAroundALineAreABand()
    {
        var known = Line with { Form = SeriesForm.Line, Points = [.. Line.Points.Select(point => point with { StandardError = 0.5, Count = 5 })] };

        Assert.Equal(0, BandsIn(Line with { Form = SeriesForm.Line }));
        Assert.Equal(1, BandsIn(known));

        int BandsIn(FigureSeries series) => Drawn(Plotted.FigureOf(series)).Descendants()
            .Count(path => path.Attribute("fill-opacity") is not null && (string?)path.Attribute("fill") is "#0070AF" or FirstColor);
    }

    [Fact]
    public void WhereColorsDoNotSufficeParametersShareColorAndMarker()
    {
        FigureSeries[] series = [.. Enumerable.Range(0, 9).Select(i => Line with { Group = [new("k", $"{i / 3}"), new("j0", $"{i % 3}")] })];

        var styles = new SeriesStyles(series);

        Assert.Equal(3, styles.MarkerCount);
        Assert.Equal([0, 0, 0, 3, 3, 3, 6, 6, 6], series.Select((_, i) => Enumerable.Range(0, 9).First(j => styles.ColorOf(j) == styles.ColorOf(i))));
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 1, 2], series.Select((_, i) => Enumerable.Range(0, 9).First(j => ShapeOf(j) == ShapeOf(i))));
        Assert.Equal(9, Enumerable.Range(0, 9).Select(new SeriesStyles([.. series.Select(one => one with { Group = [] })]).ColorOf).Distinct().Count());

        MarkerShape ShapeOf(int place) => styles.MarkerOf(place, size: 5).Shape;
    }

    [Fact]
    public void EverythingIsDrawnOnce()
    {
        var root = Drawn(Plotted.FigureOf(Line));

        Assert.Single(root.Descendants(), path => (string?)path.Attribute("stroke") == FirstColor && (string?)path.Attribute("stroke-width") == "1");
    }

    [Fact]
    public void PanelsStandAboveOneAnotherOverTheSameTicks()
    {
        var one = Plotted.FigureOf(Line);
        var figure = one with { Panels = [one.Panels[0], one.Panels[0] with { Y = new FigureAxis("wall_s", "a quantity of very long numbers (s)", false), Series = [Plotted.Series("k = 20", (150, 123_456))] }] };
        var layout = new FigureLayout(figure, 300);

        Assert.Equal((layout.DataRect(0).Left, layout.DataRect(0).Right), (layout.DataRect(1).Left, layout.DataRect(1).Right));
        Assert.True(layout.DataRect(0).Bottom < layout.DataRect(1).Top);
        Assert.Single(TextsIn(Drawn(figure)), text => text == "140");
    }

    [Fact]
    public void TickLabelsDoNotTouch()
    {
        var figure = Plotted.FigureOf(Plotted.Series("all", (1e7, 1), (1e7 + 10, 2)));

        var labels = Drawn(figure, FigureFile.Narrowest).Descendants(Svg + "text").Where(text => text.Value.EndsWith("×10", StringComparison.Ordinal)).ToList();

        Assert.InRange(labels.Count, 1, 3);
        Assert.All(
            labels.Zip(labels.Skip(1)),
            pair => Assert.True(XOf(pair.Second) - XOf(pair.First) > FigureText.WidthOf(pair.First.Value + "⁷", FigureFont.Size)));

        static double XOf(XElement text) => double.Parse(
            text.Attribute("transform") is { } moved ? moved.Value.Split('(', ' ', ',')[1] : text.Attribute("x")!.Value.Split(' ', ',')[0], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void NotesOfPowerLawsLeaveTheDataFree()
    {
        // The curve crosses all four corners, so there must be room made above.
        (double, double)[] everywhere = [.. from x in Enumerable.Range(0, 11) from top in Enumerable.Range(0, 2) let y = 10.0 * top select ((double)x, y)];
        var figure = Plotted.FigureOf(Plotted.Series("all", everywhere) with { Fit = new PowerLaw(1, 1, 0.1, 5) });

        var layout = new FigureLayout(figure, 300);

        Assert.False(layout.Notes[0].IsEmpty);
        var data = layout.DataRect(0);
        Assert.True((1 - layout.Y[0].ShareOf(10)) * data.Height >= layout.Notes[0].Size.Height);
    }

    [Fact]
    public void LabelsOfUprightAxesFitBesideTheirPanels()
    {
        var figure = Plotted.FigureOf(Line);
        figure = figure with { Panels = [figure.Panels[0] with { Y = new FigureAxis("cv_isi", "mean coefficient of variation of interspike intervals", false) }] };

        foreach (var width in new[] { 170f, 240f, 340f, 700f })
        {
            var layout = new FigureLayout(figure, width);
            Assert.All(
                layout.YLabels[0].Split('\n'),
                line => Assert.InRange(FigureFont.WidthOf(line, FigureFont.Size), 1, layout.DataRect(0).Height + FigureFont.LineHeight));
            Assert.Equal(figure.Panels[0].Y.Label, layout.YLabels[0].Replace('\n', ' '));
        }
    }

    [Fact]
    public void InAPageColorsFollowItsTextAndIdentifiersAreItsOwn()
    {
        var figure = Plotted.FigureOf(Line);

        var root = XElement.Parse(FigureSvg.Inline(figure, 300, "f1-"));

        Assert.Contains(root.Descendants().Attributes(), attribute => attribute.Value == "currentColor");
        Assert.DoesNotContain(root.Descendants().Attributes("fill"), attribute => attribute.Value is "black" or "#000000" or "white");
        Assert.All(root.Descendants().Attributes("id"), id => Assert.StartsWith("f1-", id.Value, StringComparison.Ordinal));
        var ids = root.Descendants().Attributes("id").Select(id => $"url(#{id.Value})").ToHashSet();
        Assert.Subset(ids, root.Descendants().Attributes("clip-path").Select(clip => clip.Value).ToHashSet());
    }

    [Theory]
    [InlineData("figure.jpg")]
    [InlineData("figure")]
    [InlineData("figure.PNG.txt")]
    public void OtherFormatsAreRefused(string name) =>
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => Saved(name, Plotted.FigureOf(Line), 100)).Message, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Saved(string name, Figure figure, double millimetres)
    {
        var path = Path.Combine(_folder, name);
        FigureFile.Save(figure, path, millimetres);
        return path;
    }

    private XElement Drawn(Figure figure, double millimetres = 100) => XDocument.Load(Saved("figure.svg", figure, millimetres)).Root!;

    private static List<string> TextsIn(XElement root) => [.. root.Descendants(Svg + "text").Select(text => text.Value)];

    private static double SizeOf(XElement text) => double.Parse(text.Attribute("font-size")!.Value, CultureInfo.InvariantCulture);
}
