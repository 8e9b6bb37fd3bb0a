using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;
using SparseProp.Results.Store;
using SparseProp.Service.Api.Logs;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>Where results go may be full or gone, and where words come from may have no end.</summary>
public sealed class StandardStreamTests : CommandTestBase, IDisposable
{
    private const string IntoFullDisk = "\"$@\" > /dev/full";

    private readonly SmallStore _store = new();

    [Theory]
    [InlineData("man")]
    [InlineData("--help")]
    [InlineData("pbm --help")]
    [InlineData("completion bash")]
    [InlineData("results table STORE")]
    [InlineData("results sql STORE from(points)")]
    [InlineData("results export STORE")]
    [InlineData("simulate --n 10 --k 2 --seconds 1")]
    [InlineData("run SWEEP --out STORE")]
    public async Task ResultsThatCannotBeWrittenAreAFailureInASentence(string command)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await RunByAsync(IntoFullDisk, command);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cannot be written: No space left on device", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("man")]
    [InlineData("results table STORE")]
    [InlineData("results export STORE")]
    public async Task AReaderThatHasGoneIsNoFailure(string command)
    {
        var run = await RunByAsync("\"$@\" | true", command);

        Assert.DoesNotContain("unexpected", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logs --follow --coordinator ADDRESS", 0)]
    [InlineData("watch --coordinator ADDRESS", 0)]
    [InlineData("watch small --coordinator ADDRESS", 130)]
    [InlineData("pbm ADDRESS log tail", 0)]
    public async Task WhatGoesOnUntilInterruptedEndsWithItsReader(string command, int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var ring = new LogRing();
        ring.Add(LogLevel.Warning, number => new LogLineDocument(
            number, DateTimeOffset.UnixEpoch, ApiJson.NameOf(LogLevel.Warning), "here", "the last there is", new Dictionary<string, string>(), null));
        await using var coordinator = await FakeCoordinator.StartAsync(also: options => options with { Logs = ring });
        var sweep = FakeCoordinator.Status("small");
        coordinator.Answer = request => request is ListSweeps ? new SweepList([sweep]) : sweep;

        var run = await RunByAsync("{ \"$@\"; echo $? >&2; } | head -1", command.Replace("ADDRESS", coordinator.HostAndPort, StringComparison.Ordinal));

        Assert.Equal((0, $"{exitCode}\n"), (run.ExitCode, run.Errors));
        Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task ASweepGoesOnWhoeverReadsOfIt()
    {
        var run = await RunByAsync("{ \"$@\" 2>&1; echo $? >&2; } | true", $"run SWEEP --out {Folder.In("store")}");

        Assert.Equal("0\n", run.Errors);
        Assert.NotEmpty(StoreReader.ReadAll(Folder.In("store")));
    }

    [Fact]
    public async Task WhereNothingCanBeSaidTheExitCodeStillDoes() =>
        Assert.Equal(2, (await RunByAsync("\"$@\" 2> /dev/full", "simulate --nonsense")).ExitCode);

    [Theory]
    [InlineData("list --token-file /dev/zero")]
    [InlineData("node worker --config /dev/zero")]
    [InlineData("node coordinator --store OUT --listen 127.0.0.1:0 --http 127.0.0.1:0 --token-file /dev/zero")]
    [InlineData("node worker --join 127.0.0.1:1 --hocon /dev/zero")]
    [InlineData("node worker --join 127.0.0.1:1 --tls /dev/zero --tls-ca /dev/zero")]
    [InlineData("results plot STORE --x n --reference /dev/zero --out OUT.svg")]
    [InlineData("run /dev/zero")]
    [InlineData("submit /dev/zero")]
    public async Task AFileWithoutEndIsRefused(string command)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await Sparseprop.RunAsync(Words(command));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("longer than", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run SWEEP --out /proc/x", "/proc/x cannot be made, for /proc takes no new files or folders")]
    [InlineData("certificates /proc/x", "/proc/x cannot be made, for /proc takes no new files or folders")]
    [InlineData("certificates OUT --token /proc/x", "/proc/x cannot be made, for /proc takes no new files or folders")]
    public async Task AFolderThatTakesNoFilesIsSaidToBeOne(string command, string words)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var run = await Sparseprop.RunAsync(Words(command));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bogus --help", "there is no command 'sparseprop bogus'")]
    [InlineData("results bogus --help", "there is no command 'sparseprop results bogus'")]
    public async Task HelpOfACommandThatIsNotThereIsNone(string command, string words) =>
        AssertFailure(await Sparseprop.RunAsync(Words(command)), 2, words);

    [Fact]
    public async Task AnUnclosedQuotationMarkIsRefused()
    {
        using var process = Sparseprop.StartWithInput("pbm", "127.0.0.1:1");
        await process.StandardInput.WriteAsync("sweep show \"small\n");
        process.StandardInput.Close();

        AssertFailure(await Sparseprop.FinishAsync(process), 2, "line 1: a quotation mark (\") is not closed");
    }

    [Fact]
    public async Task SeveralStatementsAreOneDocument()
    {
        var run = await Sparseprop.RunAsync("results", "sql", _store.Folder, "select 1 as a; select 2 as b", "--json");

        Assert.Equal("""[[{"a":1}],[{"b":2}]]""", JsonNode.Parse(run.Output)!.ToJsonString());
    }

    [Fact]
    public async Task AReportOfAnEarlierRunDoesNotOutliveOneThatFails()
    {
        var report = Folder.In("out.xml");
        string[] command = ["run", SweepFile, "--out", Folder.In("store"), "--junit", report];
        await Sparseprop.RunAsync(command);
        File.WriteAllBytes(Path.Combine(Folder.In("store"), "manifest.msgpack"), []);

        var run = await Sparseprop.RunAsync(command);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is damaged", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("errors=\"1\"", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public new void Dispose()
    {
        _store.Dispose();
        base.Dispose();
    }

    private async Task<Finished> RunByAsync(string script, string command)
    {
        using var process = Sparseprop.StartBy(script, Words(command));
        return await Sparseprop.FinishAsync(process);
    }

    private string[] Words(string command) =>
    [
        .. command.Split(' ').Select(word => word
            .Replace("STORE", _store.Folder, StringComparison.Ordinal)
            .Replace("SWEEP", SweepFile, StringComparison.Ordinal)
            .Replace("OUT", Folder.In("out"), StringComparison.Ordinal)
            .Replace("from(points)", "from points", StringComparison.Ordinal)),
    ];
}
