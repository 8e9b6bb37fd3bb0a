using System.Text.Json.Nodes;
using System.Xml.Linq;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>What a run says of that which its file asks for.</summary>
public sealed class OutcomeTests : IDisposable
{
    private const string Sweep = "name: asked\nmodel: lif\ngrid: { n: [50], k: [5] }\nstop: { seconds: 1 }\n";

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AMeanThatStaysUnknownIsSaidAndEndsWithItsExitCode()
    {
        var run = await RunAsync("until: { statistic: rate, ci: 0.001%, max_replicates: 6 }", "--junit", _folder.In("out.xml"));

        Assert.Equal(6, run.ExitCode);
        Assert.Contains("until rate_hz ±0.001 %", run.Output, StringComparison.Ordinal);
        Assert.Contains("not reached: ±", run.Output, StringComparison.Ordinal);
        Assert.Contains("after 6 seeds, asked ±0.001 %: rate_hz at n = 50, k = 5, j0 = 1", run.Errors, StringComparison.Ordinal);
        Assert.Contains("0 of 1 point reached what until asks for, 1 did not", run.Errors, StringComparison.Ordinal);
        var failure = Assert.Single(XDocument.Load(_folder.In("out.xml")).Descendants("failure"));
        Assert.Equal("rate_hz is known to ±0.001 % (n = 50, k = 5, j0 = 1)", (string)failure.Parent!.Attribute("name")!);

        var again = await RunAsync("until: { statistic: rate, ci: 0.001%, max_replicates: 6 }", "--json");

        Assert.Equal(6, again.ExitCode);
        var row = JsonNode.Parse(again.Output)![0]!;
        Assert.False((bool)row["until_reached"]!);
        Assert.Equal((double)row["rate_hz"]! * 1e-5, (double)row["until_asked"]!, 12);
        Assert.True((double)row["until_half_width"]! > (double)row["until_asked"]!);
    }

    [Fact]
    public async Task AStatisticThatNoSeedHasIsNotReachedAndNotPursuedForEver()
    {
        var run = await RunAsync("fixed: { rate: 0 }\nuntil: { statistic: cv, ci: 1%, max_replicates: 64 }");

        Assert.Equal(6, run.ExitCode);
        Assert.Contains("not reached: no value in 10", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMeanThatIsKnownWellEnoughIsShownAsSuch()
    {
        var run = await RunAsync("until: { statistic: rate, ci: 500%, max_replicates: 64 }", "--junit", _folder.In("out.xml"));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("% after 5", run.Output, StringComparison.Ordinal);
        Assert.Empty(XDocument.Load(_folder.In("out.xml")).Descendants("failure"));
        Assert.Equal("4", (string)XDocument.Load(_folder.In("out.xml")).Root!.Attribute("tests")!);
    }

    [Theory]
    [InlineData("until: { statistic: cv, ci: 500%, max_replicates: 64 }")]
    [InlineData("until: { statistic: rate, ci: 1%, max_replicates: 8 }")]
    [InlineData("zip: { seed_ic: 1..3, seed_net: 1..3 }")]
    public async Task TheTableAtTheEndOfARunIsThatOfTheStore(string seeds)
    {
        var run = await RunAsync(seeds);

        var asked = await Sparseprop.RunAsync("results", "table", _folder.In("store"));

        Assert.NotEmpty(run.Output);
        Assert.Equal(run.Output, asked.Output);
        Assert.Equal((await RunAsync(seeds, "--json")).Output, (await Sparseprop.RunAsync("results", "table", _folder.In("store"), "--json")).Output);
    }

    [Fact]
    public async Task ASpreadThatIsRoundingIsJudgedAsNone()
    {
        var run = await RunAsync("fixed: { j0: 1e-9, rate: 1e10 }\nuntil: { statistic: cv, ci: 1%, max_replicates: 8 }\nexpect: { cv: { max: 1e-20 } }");

        Assert.True(run.ExitCode == 0, run.Errors);
    }

    [Fact]
    public async Task WhatTheSeedsCannotTellIsAWarningUnlessItIsToBeStrict()
    {
        const string seeds = "zip: { seed_ic: 1..3, seed_net: 1..3 }\n";
        var first = await RunAsync(seeds, "--json");
        var mean = (double)JsonNode.Parse(first.Output)![0]!["rate_hz"]!;
        var expect = FormattableString.Invariant($"{seeds}expect: {{ rate: {{ max: {mean * 1.000001:R} }} }}");

        var run = await RunAsync(expect, "--junit", _folder.In("out.xml"));
        var strict = await RunAsync(expect, "--strict", "--junit", _folder.In("strict.xml"));

        Assert.Equal((0, 6), (run.ExitCode, strict.ExitCode));
        Assert.Contains("undecided: rate_hz at most", run.Errors, StringComparison.Ordinal);
        Assert.Contains("seeds would decide", run.Errors, StringComparison.Ordinal);
        Assert.Contains("0 of 1 expectation is met, 1 cannot be decided with these seeds", run.Errors, StringComparison.Ordinal);
        Assert.Single(XDocument.Load(_folder.In("out.xml")).Descendants("skipped"));
        Assert.Single(XDocument.Load(_folder.In("strict.xml")).Descendants("failure"));
    }

    [Fact]
    public async Task WhatIsWhollyOutsideIsNotMet() =>
        Assert.Equal(6, (await RunAsync("zip: { seed_ic: 1..3, seed_net: 1..3 }\nexpect: { rate: { max: 0.001 } }")).ExitCode);

    [Fact]
    public async Task AnExpectationOfNoPointIsRefusedBeforeAnythingRuns()
    {
        var run = await RunAsync("expect: { rate: { k: 7, max: 1 } }");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("asked.yaml:5:22: expect: no point of the sweep has k = 7, which is 5", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.In("store")));
    }

    [Fact]
    public async Task AReportSaysWhatIsMissedAndCountsWhatWasNeeded()
    {
        await RunAsync("until: { statistic: rate, ci: 0.001%, max_replicates: 6 }");

        await Sparseprop.RunAsync("results", "report", _folder.In("store"), "--out", _folder.In("report.html"));

        var page = await File.ReadAllTextAsync(_folder.In("report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("A sweep of 6 points", page, StringComparison.Ordinal);
        Assert.Contains("asked ±0.001 %", page, StringComparison.Ordinal);
    }

    private Task<Finished> RunAsync(string more, params string[] options) =>
        Sparseprop.RunAsync(["run", _folder.Write("asked.yaml", Sweep + more + "\n"), "--workers", "1", "--out", _folder.In("store"), .. options]);
}
