using System.Text.Json.Nodes;
using System.Xml.Linq;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

public sealed class FigureCommandsTests : CommandTestBase, IDisposable
{
    private readonly SmallStore _store = new();

    [Fact]
    public async Task APlotIsDrawnToEveryFileAndToldInNumbers()
    {
        var (png, svg) = (Folder.In("figure.png"), Folder.In("figure.svg"));

        var run = await ResultsAsync("plot", "--x", "n", "--y", "rate,cv", "--by", "k", "--out", png, "--out", svg, "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("PNG"u8, File.ReadAllBytes(png).AsSpan(1, 3));
        Assert.Contains(XDocument.Load(svg).Descendants(), text => text.Value == "mean firing rate per neuron (Hz)");
        var facts = JsonNode.Parse(run.Output)!;
        Assert.Equal([png, svg], facts["files"]!.AsArray().Select(file => (string)file!));
        Assert.Equal(["rate_hz", "cv_isi"], facts["panels"]!.AsArray().Select(panel => (string)panel!["y"]!["name"]!));
        var points = facts["panels"]![0]!["series"]![0]!["points"]!.AsArray();
        Assert.Equal([(100, 2), (200, 1)], points.Select(point => ((int)point!["x"]!, (int)point["n"]!)));
        Assert.True((double)points[0]!["sem"]! > 0);
        Assert.Null(points[1]!["sem"]);
        Assert.Equal("""{"k":10}""", facts["panels"]![0]!["series"]![0]!["by"]!.ToJsonString());
        Assert.Contains("1 point failed and is not shown", run.Errors, StringComparison.Ordinal);
        Assert.Contains($"drawn: {png}, {svg}", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyPointsThatAreAskedForAreDrawn()
    {
        var run = await ResultsAsync("plot", "--x", "k", "--where", "n < 200", "--out", Folder.In("figure.svg"), "--json");

        Assert.Equal(0, run.ExitCode);
        var series = Assert.Single(JsonNode.Parse(run.Output)!["panels"]![0]!["series"]!.AsArray())!;
        Assert.Equal(2, (int)series["points"]![0]!["n"]!);
        Assert.DoesNotContain("failed", run.Errors, StringComparison.Ordinal);
        AssertFailure(
            await ResultsAsync("plot", "--x", "k", "--where", "n > 200", "--out", Folder.In("none.svg")), 1, "no point in the store meets 'n > 200'");
        Assert.False(File.Exists(Folder.In("none.svg")));
    }

    [Fact]
    public async Task WhyThereIsNoPowerLawIsTold() =>
        Assert.Equal(
            "wall_s, k = 10: 2 points are too few for a power law; it takes 3\n",
            (await ResultsAsync("plot", "--x", "n", "--y", "wall_s", "--by", "k", "--fit", "power", "--out", Folder.In("figure.svg"))).Output);

    [Fact]
    public async Task AReferenceIsDrawnUnderItsName()
    {
        var curve = Folder.Write("paper & pen.csv", "n,us_per_spike\n1e2,60\n1e3,70\n");
        var svg = Folder.In("figure.svg");

        var run = await ResultsAsync("plot", "--x", "n", "--y", "us_per_spike", "--reference", curve, "--out", svg);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(XDocument.Load(svg).Descendants(), text => text.Value == "paper & pen");
    }

    [Theory]
    [InlineData("--x: 'm' is no parameter; there are model, n, k", "--x", "m")]
    [InlineData("--x: 'delta_w' is no parameter (did you mean `delta_v`?)", "--x", "delta_w")]
    [InlineData("--x: 'seed_ic' is no parameter", "--x", "seed_ic")]
    [InlineData("--y: 'rate_zh' is no value (did you mean `rate_hz`?)", "--x", "n", "--y", "rate_zh")]
    [InlineData("--y: 'fona' is no value (did you mean `fano`?)", "--x", "n", "--y", "cv,fona")]
    [InlineData("--y: name one value or more", "--x", "n", "--y", ",")]
    [InlineData("--by: 'jo' is no parameter", "--x", "n", "--by", "k,jo")]
    [InlineData("'model' has no numbers", "--x", "model")]
    [InlineData("--where: ", "--x", "n", "--where", "modle = lif")]
    [InlineData("say one of --x PARAMETER, --histogram rate")]
    [InlineData("say one of --x PARAMETER, --histogram rate", "--x", "n", "--spectrum")]
    [InlineData("one of these at a time", "--autocorrelation", "--spectrum")]
    [InlineData("--width takes 60 to 500 millimetres", "--x", "n", "--width", "59")]
    [InlineData("figure.pdf", "--x", "n", "--out", "figure.pdf")]
    public async Task AWrongWordIsRefusedWithTheOneThatWasMeant(string reason, params string[] options)
    {
        string[] rest = options.Contains("--out") ? [] : ["--out", Folder.In("figure.svg")];

        AssertFailure(await ResultsAsync("plot", [.. options, .. rest]), 2, reason);
        Assert.False(File.Exists(Folder.In("figure.svg")));
    }

    [Fact]
    public async Task AMisformedReferenceIsRefusedWithItsLine()
    {
        var curve = Folder.Write("curve.csv", "n,us_per_spike\n1e2,fast\n");

        AssertFailure(
            await ResultsAsync("plot", "--x", "n", "--y", "us_per_spike", "--reference", curve, "--out", Folder.In("figure.svg")), 2, $"{curve}:2: 'fast'");
    }

    [Fact]
    public async Task WhatWasNotMeasuredCannotBeDrawn()
    {
        AssertFailure(
            await ResultsAsync("plot", "--histogram", "rate", "--out", Folder.In("figure.svg")), 1, "no point has rate_histogram; a sweep file's record");
        AssertFailure(await ResultsAsync("plot", "--spectrum", "--out", Folder.In("figure.svg")), 1, "no point has lyapunov_spectrum_per_s");
    }

    [Fact]
    public async Task AFileThatCannotBeWrittenIsAFailure()
    {
        AssertFailure(await ResultsAsync("plot", "--x", "n", "--out", Folder.In("nowhere/figure.svg")), 1, "nowhere");
        AssertFailure(await ResultsAsync("report", "--out", Folder.In("nowhere/report.html")), 1, "nowhere");
    }

    [Theory]
    [InlineData("plot", "--x", "n")]
    [InlineData("report")]
    [InlineData("table")]
    public async Task AFolderThatIsNoStoreIsRefused(string command, params string[] options)
    {
        string[] rest = command == "table" ? [] : ["--out", Folder.In("figure.svg")];

        AssertFailure(await Sparseprop.RunAsync(["results", command, Folder.Path, .. options, .. rest]), 1, Folder.Path, "not a result store");
    }

    [Fact]
    public async Task AReportIsOnePage()
    {
        var page = Folder.In("report.html");

        var run = await ResultsAsync("report", "--out", page);

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Contains($"written: {page}", run.Errors, StringComparison.Ordinal);
        Assert.Contains("3 results, 1 failed point,", XDocument.Load(page).Root!.Value, StringComparison.Ordinal);
        Assert.Equal([page], Directory.GetFiles(Folder.Path));
    }

    [Fact]
    public async Task DamageIsToldAndTheRestIsShown()
    {
        var results = Path.Combine(_store.Folder, "results-000001.msgpack");
        var bytes = File.ReadAllBytes(results);
        bytes[^(bytes.Length / 4)] ^= 0xff;
        File.WriteAllBytes(results, bytes);

        var plot = await ResultsAsync("plot", "--x", "n", "--out", Folder.In("figure.svg"));
        var report = await ResultsAsync("report", "--out", Folder.In("report.html"));

        Assert.Equal((1, 1), (plot.ExitCode, report.ExitCode));
        Assert.Contains("the figure lacks what it held", plot.Errors, StringComparison.Ordinal);
        Assert.Contains("the report lacks what it held", report.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(Folder.In("figure.svg")) && File.Exists(Folder.In("report.html")));
    }

    public new void Dispose()
    {
        _store.Dispose();
        base.Dispose();
    }

    private Task<Finished> ResultsAsync(string command, params string[] options) =>
        Sparseprop.RunAsync(["results", command, _store.Folder, .. options]);
}
