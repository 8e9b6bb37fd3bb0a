using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;
using SparseProp.Engine;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>Small things that commands say and end with.</summary>
public sealed class SentencesTests : CommandTestBase
{
    [Theory]
    [InlineData("status", ".")]
    [InlineData("cancel", "..")]
    [InlineData("watch", ".")]
    public async Task WhatLeadsToAnotherAddressIsNoSweepsName(string command, string name) =>
        AssertFailure(await Sparseprop.RunAsync(command, name), 2, $"'{name}' is no sweep's name");

    [Fact]
    public async Task WhatMustBeKnownOfNumbersIsSaidBesideJsonToo()
    {
        var sweep = Folder.Write("few.yaml", "name: few\nmodel: lif\nfixed: { n: 100, k: 10 }\ngrid: { seed_ic: 1..2 }\nstop: { spikes: 10 }\n");

        var run = await Sparseprop.RunAsync("run", sweep, "--out", Folder.In("few"), "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("[", run.Output, StringComparison.Ordinal);
        Assert.Contains("rate_hz stands on too little in 2 of 2 points, and may be biased", run.Errors.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(3000, 1)]
    [InlineData(5, 5)]
    public async Task AnExitCodeThatIsNoneIsAFailure(int said, int exitCode)
    {
        await using var server = CannedServer.Of("application/json", $$"""{"exit":{{said}}}""" + "\n");

        Assert.Equal(exitCode, (await Sparseprop.RunAsync("pbm", server.Address, "cluster", "show")).ExitCode);
    }

    [Fact]
    public async Task APathIsShownInOneLine()
    {
        using var store = new SmallStore();
        var path = Folder.In("a\nb.html");

        var written = await Sparseprop.RunAsync("results", "report", store.Folder, "--out", path);
        var again = await Sparseprop.RunAsync("results", "report", store.Folder, "--out", path);

        Assert.Contains(@"a\nb.html", written.Errors, StringComparison.Ordinal);
        AssertFailure(again, 2, @"a\nb.html exists");
    }

    [Theory]
    [InlineData(1L << 19, "512.0 KiB")]
    [InlineData(600L << 20, "600.0 MiB")]
    [InlineData(3L << 30, "3.0 GiB")]
    public void MemoryIsSaidInUnitsThatFit(long bytes, string text) => Assert.Equal(text, MemoryNeed.Text(bytes));
}
