using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Results.Texts;
using SparseProp.Service.Api.Logs;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>The operator's console against a real coordinator, through the client.</summary>
public sealed class PaletteRoutesTests : ApiTestBase
{
    private const string TwoPoints = """
        name: two
        model: lif
        grid: { seed_ic: 1..2 }
        fixed: { n: 100, k: 10 }
        stop: { spikes: 100 }
        """;

    [Fact]
    public async Task SweepsAreListedPausedAndResumed()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", TwoPoints);

        Assert.Equal(["two", "paused"], Words((await RunAsync(coordinator, "sweep", "pause", "two")).Lines[0])[..2]);
        var listed = await RunAsync(coordinator, "sweep", "list");
        Assert.Equal(["sweep", "state", "done", "points"], Words(listed.Lines[0])[..4]);
        Assert.Equal(["two", "paused", "0.0", "%", "2"], Words(listed.Lines[1])[..5]);
        var resumed = await RunAsync(coordinator, "sweep", "resume", "two", "--json");
        Assert.Equal("running", (string)JsonNode.Parse(Assert.Single(resumed.Lines))!["state"]!);
    }

    [Fact]
    public async Task ASweepIsWatchedToItsEnd()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", TwoPoints);
        var worker = coordinator.Join();
        var watching = RunAsync(coordinator, "sweep", "watch", "two");

        worker.Report(worker.Ran(worker.Take()));
        worker.Report(worker.Ran(worker.Take()));

        var (lines, error, exit) = await watching;
        Assert.Equal((null, 0), (error, exit));
        Assert.Contains("two: finished, 100.0 % of the work done, 2 of 2 points recorded", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWorkerIsDrainedAndItsLeasesAreListed()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", TwoPoints);
        coordinator.Join().Take();

        Assert.Equal("drained", Words((await RunAsync(coordinator, "worker", "drain", "w1")).Lines[1])[^1]);
        Assert.Equal("working", Words((await RunAsync(coordinator, "worker", "resume", "w1")).Lines[1])[^1]);
        var leases = (await RunAsync(coordinator, "lease", "list", "-w", "w1")).Lines;
        Assert.Equal(["two", "0", "w1"], Words(leases[1])[..3]);
        Assert.Single((await RunAsync(coordinator, "lease", "list", "-w", "other")).Lines);
    }

    [Fact]
    public async Task AStoreIsReadAndCompactedOnceItsSweepIsOver()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", TwoPoints);
        var worker = coordinator.Join();
        worker.Report(worker.Ran(worker.Take()));

        var early = await RunAsync(coordinator, "store", "compact", "two");
        worker.Report(worker.Ran(worker.Take()));
        await RunAsync(coordinator, "sweep", "watch", "two");

        Assert.Equal(1, early.Exit);
        Assert.Contains("compacted when the sweep is finished", early.Error, StringComparison.Ordinal);
        Assert.Contains("points      2", (await RunAsync(coordinator, "store", "status", "two")).Lines);
        var compacted = JsonNode.Parse((await RunAsync(coordinator, "store", "compact", "two", "--json")).Lines[0])!;
        Assert.InRange((long)compacted["bytes_after"]!, 1, (long)compacted["bytes_before"]!);
        Assert.Equal(2, (int)(await GetAsync(coordinator, "/api/v1/sweeps/two")).Json["recorded"]!);
    }

    [Theory]
    [InlineData(1, "there is no sweep named nope", "sweep", "status", "nope")]
    [InlineData(1, "there is no sweep named nope", "sweep", "watch", "nope")]
    [InlineData(1, "no worker named", "worker", "drain", "nope")]
    [InlineData(1, "this node is not in a cluster", "cluster", "show")]
    [InlineData(2, "level is trace, debug", "log", "peek", "-l", "loud")]
    [InlineData(2, "Unrecognized command", "sweep", "remove")]
    public async Task WhatCannotBeDoneIsSaid(int exit, string message, params string[] words)
    {
        await using var coordinator = await LiveCoordinator.StartAsync();

        var (lines, error, code) = await RunAsync(coordinator, words);

        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.Equal(exit, code);
        Assert.Empty(lines);
    }

    [Fact]
    public async Task ATableFitsTheTerminal()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", TwoPoints);
        using var line = LineTo(coordinator);
        List<string> lines = [];
        await foreach (var part in line.RunAsync(["sweep", "list"], 30, TestContext.Current.CancellationToken))
        {
            lines.AddRange(part.Text is { } text ? [text] : []);
        }

        Assert.All(lines, text => Assert.InRange(text.Length, 1, 30));
        Assert.Contains("no room for", string.Join(' ', lines), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<CoordinatorException>(async () =>
        {
            await foreach (var _ in line.RunAsync(["sweep", "list"], 19, TestContext.Current.CancellationToken))
            {
            }
        });
        Assert.Contains("from 20, not 19", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogLinesAreShownAndFollowed()
    {
        var ring = new LogRing();
        await using var coordinator = await LiveCoordinator.StartAsync(options => options with { Logs = ring });
        ring.Add(LogLevel.Information, number => LineOf(number, "one"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var line = LineTo(coordinator);
        List<string> seen = [];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var part in line.RunAsync(["log", "tail"], null, stop.Token))
            {
                seen.Add(part.Text!);
                if (seen.Count == 1)
                {
                    ring.Add(LogLevel.Information, number => LineOf(number, "two"));
                }
                else
                {
                    await stop.CancelAsync();
                }
            }
        });

        Assert.EndsWith("part: one", seen[0], StringComparison.Ordinal);
        Assert.EndsWith("part: two", seen[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task PalettesAndCompletionsComeFromTheNode()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", TwoPoints);
        using var line = LineTo(coordinator);

        var palettes = (await line.ListAsync(TestContext.Current.CancellationToken)).Palettes;
        Assert.Equal(["cluster", "actor", "log", "sweep", "worker", "lease", "store"], palettes.Select(palette => palette.Name));
        Assert.Contains("two", await line.CompleteAsync("sweep cancel ", TestContext.Current.CancellationToken));
        Assert.Contains("sweep", await line.CompleteAsync("sw", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"arguments": null}""")]
    [InlineData("""{"arguments": [null]}""")]
    [InlineData("""{"arguments": "sweep list"}""")]
    public async Task ABodyThatIsNoLineIsRefused(string body)
    {
        await using var coordinator = await LiveCoordinator.StartAsync();

        AssertProblem(await PostAsync(coordinator, "/api/v1/pbm", body), 400);
    }

    [Fact]
    public async Task ALongLineIsRefused()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        var words = JsonSerializer.Serialize(new { arguments = Enumerable.Repeat("a", 101) });

        AssertProblem(await PostAsync(coordinator, "/api/v1/pbm", words), 400);
        AssertProblem(await PostAsync(coordinator, "/api/v1/pbm", new StringBuilder().Append(' ', 20_000).ToString()), 413);
    }

    private static LogLineDocument LineOf(long number, string message) =>
        new(number, DateTimeOffset.UnixEpoch, "information", "part", message, new Dictionary<string, string>());

    private static string[] Words(string line) => line.Split([' ', ':', ','], StringSplitOptions.RemoveEmptyEntries);

    private static ConsoleLine LineTo(LiveCoordinator coordinator) => new(new HostPort(coordinator.Address.Host, coordinator.Address.Port), token: null);

    private static async Task<(List<string> Lines, string? Error, int? Exit)> RunAsync(LiveCoordinator coordinator, params string[] words)
    {
        using var line = LineTo(coordinator);
        List<string> lines = [];
        PaletteOutputDocument? last = null;
        await foreach (var part in line.RunAsync(words, null, TestContext.Current.CancellationToken))
        {
            last = part;
            if (part.Text is { } text)
            {
                lines.Add(text);
            }
        }

        return (lines, last!.Error, last.Exit);
    }
}
