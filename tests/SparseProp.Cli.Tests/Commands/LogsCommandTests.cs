using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;
using SparseProp.Service.Api.Logs;

namespace SparseProp.Cli.Tests.Commands;

public sealed class LogsCommandTests : CommandTestBase
{
    private readonly LogRing _ring = new();

    [Fact]
    public async Task TheLatestLinesOfALevelArePrinted()
    {
        await using var coordinator = await StartAsync();
        Write(LogLevel.Information, "one");
        Write(LogLevel.Warning, "two");
        Write(LogLevel.Error, "three", "a fault\n   at the bottom");

        var text = await RunAsync(coordinator, "logs", "--level", "warning");
        var json = await RunAsync(coordinator, "logs", "--lines", "1", "--json");

        Assert.Equal((0, ""), (text.ExitCode, text.Errors));
        Assert.Equal(
            "2026-03-01T12:00:00.000Z warning here: two\n2026-03-01T12:00:00.000Z error here: three\na fault\n   at the bottom\n", text.Output);
        Assert.Equal((3, "7"), ((int)JsonNode.Parse(json.Output)!["number"]!, (string)JsonNode.Parse(json.Output)!["properties"]!["Point"]!));
    }

    [Fact]
    public async Task AStandbyHasALogToo()
    {
        await using var coordinator = await StartAsync();
        coordinator.IsActive = false;
        Write(LogLevel.Warning, "standing by");

        Assert.Contains("standing by", (await RunAsync(coordinator, "logs")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FollowingGoesOnUntilTheProcessEnds()
    {
        var coordinator = await StartAsync();
        Write(LogLevel.Warning, "before");
        using var process = Sparseprop.Start("logs", "--follow", "--coordinator", coordinator.HostAndPort);

        Assert.EndsWith("before", await NextAsync(process), StringComparison.Ordinal);
        Write(LogLevel.Warning, "after");
        Assert.EndsWith("after", await NextAsync(process), StringComparison.Ordinal);
        await coordinator.DisposeAsync();

        AssertFailure(await Sparseprop.FinishAsync(process), 3, "has ended");
    }

    [Theory]
    [InlineData("--level", "loud")]
    [InlineData("--lines", "5001")]
    [InlineData("--lines", "-1")]
    public async Task WhatCannotBeRightIsRefused(string option, string value)
    {
        await using var coordinator = await StartAsync();

        AssertFailure(await RunAsync(coordinator, "logs", option, value), 2);
    }

    private static Task<string?> NextAsync(System.Diagnostics.Process process) =>
        process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

    private Task<FakeCoordinator> StartAsync() => FakeCoordinator.StartAsync(also: options => options with { Logs = _ring });

    private void Write(LogLevel level, string message, string? exception = null) => _ring.Add(level, number => new LogLineDocument(
        number,
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        ApiJson.NameOf(level),
        "here",
        message,
        new Dictionary<string, string> { ["Point"] = "7" },
        exception));
}
