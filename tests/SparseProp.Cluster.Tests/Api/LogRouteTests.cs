using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SparseProp.Client;
using SparseProp.Service.Api.Logs;

namespace SparseProp.Cluster.Tests.Api;

public sealed class LogRouteTests : ApiTestBase
{
    private static readonly Func<ILogger, string, IDisposable?> Scope = LoggerMessage.DefineScope<string>("{Sweep}");

    private static readonly Action<ILogger, long, string, Exception?> Failed =
        LoggerMessage.Define<long, string>(LogLevel.Warning, default, "Point {Point} failed: {Reason}");

    private static readonly Action<ILogger, int, Exception?> Count = LoggerMessage.Define<int>(LogLevel.Information, default, "Line {Line}");

    [Fact]
    public async Task ALineIsReadWithWhatItIsAbout()
    {
        var (ring, logger) = NewRing();
        await using var coordinator = await StartAsync(ring);
        using (Scope(logger, "small"))
        {
            Failed(logger, 7, "it broke", new InvalidOperationException("a fault"));
        }

        var line = Assert.Single(await ReadAsync(coordinator, ""));

        Assert.Equal(
            (1, "warning", "here", "Point 7 failed: it broke"),
            ((int)line["number"]!, (string)line["level"]!, (string)line["category"]!, (string)line["message"]!));
        Assert.Equal(
            ("small", "7", "it broke"),
            ((string)line["properties"]!["Sweep"]!, (string)line["properties"]!["Point"]!, (string)line["properties"]!["Reason"]!));
        Assert.Contains("a fault", (string)line["exception"]!, StringComparison.Ordinal);
        Assert.InRange(DateTimeOffset.Parse((string)line["time_utc"]!, null), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task TheLatestLinesOfALevelAreReadOldestFirst()
    {
        var (ring, logger) = NewRing();
        await using var coordinator = await StartAsync(ring);
        for (var i = 1; i <= 10; i++)
        {
            Count(logger, i, null);
            Failed(logger, i, "", null);
        }

        Assert.Equal(["Line 9", "Point 9 failed: ", "Line 10", "Point 10 failed: "], Messages(await ReadAsync(coordinator, "?lines=4")));
        Assert.Equal(["Point 9 failed: ", "Point 10 failed: "], Messages(await ReadAsync(coordinator, "?lines=2&level=warning")));
        Assert.Empty(await ReadAsync(coordinator, "?lines=0"));
        Assert.Empty(await ReadAsync(coordinator, "?level=critical"));
    }

    [Theory]
    [InlineData("?lines=5001")]
    [InlineData("?lines=-1")]
    [InlineData("?level=loud")]
    [InlineData("?follow=1")]
    public async Task AQueryThatCannotBeRightIsRefused(string query)
    {
        await using var coordinator = await StartAsync(NewRing().Ring);

        AssertProblem(await GetAsync(coordinator, ApiRoutes.Logs + query), 400);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task LinesFollowAsTheyAreWritten()
    {
        var (ring, logger) = NewRing();
        await using var coordinator = await StartAsync(ring);
        Count(logger, 1, null);
        Count(logger, 2, null);
        using var client = new HttpClient { BaseAddress = coordinator.Address };
        using var stream = new StreamReader(
            await client.GetStreamAsync($"{ApiRoutes.Logs}?follow=true&lines=1&level=information", TestContext.Current.CancellationToken));

        Assert.Equal("Line 2", await NextAsync(stream));
        for (var i = 3; i < 100; i++)
        {
            Count(logger, i, null);
            Assert.Equal($"Line {i}", await NextAsync(stream));
        }
    }

    [Fact]
    public void OnlySoManyLinesAreKept()
    {
        var (ring, logger) = NewRing();
        for (var i = 1; i <= LogRing.MostLines + 10; i++)
        {
            Count(logger, i, null);
        }

        var lines = ring.After(0, LogLevel.Trace, out var last);

        Assert.Equal((LogRing.MostLines, LogRing.MostLines + 10), (lines.Count, last));
        Assert.Equal((11, LogRing.MostLines + 10), (lines[0].Number, lines[^1].Number));
        Assert.Equal(LogRing.MostLines + 10, Assert.Single(ring.After(last - 1, LogLevel.Trace, out _)).Number);
    }

    [Fact]
    public void ALongLineIsCut()
    {
        var (ring, logger) = NewRing();
        var much = string.Concat(Enumerable.Repeat("🧠", 100_000));

        using (Scope(logger, much))
        {
            Failed(logger, 1, much, new InvalidOperationException(much));
        }

        var line = Assert.Single(ring.Latest(10, LogLevel.Trace, out _));
        List<string> texts = [line.Message, line.Exception!, .. line.Properties.Values];
        Assert.All(texts, text => Assert.True(text.EndsWith('…') || text == "1"));
        Assert.All(texts, text => Assert.True(System.Text.Unicode.Utf8.IsValid(System.Text.Encoding.UTF8.GetBytes(text)) && !text.Contains('\uFFFD')));
        Assert.InRange(texts.Sum(text => text.Length), 1, 8192);
    }

    private static (LogRing Ring, ILogger Logger) NewRing()
    {
        var ring = new LogRing();
        var factory = LoggerFactory.Create(builder => builder
            .SetMinimumLevel(LogLevel.Trace)
            .AddProvider(new LogRingProvider(ring, TimeProvider.System)));
        return (ring, factory.CreateLogger("here"));
    }

    private static Task<FakeCoordinator> StartAsync(LogRing ring) => FakeCoordinator.StartAsync(also: options => options with { Logs = ring });

    private static async Task<List<JsonObject>> ReadAsync(FakeCoordinator coordinator, string query)
    {
        var reply = await GetAsync(coordinator, ApiRoutes.Logs + query);
        Assert.Equal((200, "application/jsonl"), (reply.Status, reply.MediaType));
        return [.. reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    private static IEnumerable<string> Messages(IEnumerable<JsonObject> lines) => lines.Select(line => (string)line["message"]!);

    private static async Task<string> NextAsync(StreamReader stream) =>
        (string)JsonNode.Parse((await stream.ReadLineAsync(TestContext.Current.CancellationToken))!)!["message"]!;
}
