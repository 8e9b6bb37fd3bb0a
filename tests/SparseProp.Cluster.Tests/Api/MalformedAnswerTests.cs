using System.Text;
using System.Text.Json;
using CsCheck;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Results.Root;
using SparseProp.Results.Texts;
using SparseProp.Service.Api;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>What cannot be understood is said at once: asking again would bring the same answer.</summary>
public sealed class MalformedAnswerTests
{
    private static readonly Dictionary<string, (string Right, Func<CoordinatorClient, Task> Ask)> Requests = new()
    {
        ["sweep"] = (Json(Sweep, ApiJson.Default.SweepDocument), client => client.GetSweepAsync("short", Cancellation)),
        ["sweeps"] = (Json(new SweepListDocument([Sweep]), ApiJson.Default.SweepListDocument), client => client.ListSweepsAsync(Cancellation)),
        ["submission"] = (
            Json(new SubmissionDocument("started", [], Sweep), ApiJson.Default.SubmissionDocument),
            client => client.SubmitAsync(Encoding.UTF8.GetBytes("name: short"), "f.yaml", null, false, null, Cancellation)),
        ["cluster"] = (
            Json(new ClusterDocument(1, "b", [], []), ApiJson.Default.ClusterDocument), client => client.GetClusterAsync(Cancellation)),
        ["table"] = (
            Json(new TableDocument(["n"], ["rate"], [new() { ["n"] = 1, ["rate"] = 2.5, ["rate_n"] = 1, ["seeds"] = 1, ["failed"] = 0 }], [], []), ApiJson.Default.TableDocument),
            async client => (await client.GetTableAsync("short", null, Cancellation)).ToTable()),
        ["log"] = (
            Json(
                new LogLineDocument(1, DateTimeOffset.UnixEpoch, "debug", "c", "m", new Dictionary<string, string>()),
                ApiJson.Default.LogLineDocument),
            async client => await client.ReadLogsAsync(1, null, false, Cancellation).GetAsyncEnumerator(Cancellation).MoveNextAsync()),
    };

    public static TheoryData<string> Names => [.. Requests.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static SweepDocument Sweep => SweepDocument.Of(FakeCoordinator.Status("short", SweepState.Finished));

    [Theory(Timeout = Hang.Milliseconds)]
    [MemberData(nameof(Names))]
    public async Task AnAnswerThatIsRightOrElseIsFoundWrongAtOnce(string name)
    {
        var (right, ask) = Requests[name];
        await Mutated(right).SampleAsync(
            async answer =>
            {
                await using var server = CannedServer.Of("application/json", answer);
                using var client = new CoordinatorClient([new HostPort("127.0.0.1", server.Port)]) { Patience = Patience.Endless };
                try
                {
                    await ask(client);
                }
                catch (MalformedAnswerException malformed)
                {
                    Assert.Contains("cannot be understood", malformed.Message, StringComparison.Ordinal);
                }

                Assert.Equal(1, server.Served);
            },
            iter: 50,
            threads: 1);
    }

    [Fact]
    public async Task WhoeverWaitsForASweepDoesNotWaitForABetterAnswer()
    {
        await using var server = CannedServer.Of("application/json", "{}");
        using var client = new CoordinatorClient([new HostPort("127.0.0.1", server.Port)]);

        await Assert.ThrowsAsync<MalformedAnswerException>(
            () => client.WaitAsync("short", _ => { }, Timeout.InfiniteTimeSpan, Cancellation));

        Assert.Equal(1, server.Served);
    }

    [Theory]
    [InlineData("sweep", "\"notices\":[", "]")]
    [InlineData("sweeps", "\"sweeps\":[", ",")]
    [InlineData("submission", "\"warnings\":[", "]")]
    [InlineData("cluster", "\"workers\":[", "]")]
    [InlineData("cluster", "\"leases\":[", "]")]
    [InlineData("table", "\"rows\":[", ",")]
    [InlineData("table", "\"damage\":[", "]")]
    [InlineData("table", "\"expectations\":[", "]")]
    public async Task AnElementThatIsAbsentIsNone(string name, string list, string rest)
    {
        var (right, ask) = Requests[name];
        Assert.Contains(list, right, StringComparison.Ordinal);

        await AssertMalformedAsync(right.Replace(list, $"{list}null{rest}", StringComparison.Ordinal).Replace("null]]", "null]", StringComparison.Ordinal), ask);
    }

    [Theory]
    [InlineData("\"n\":1,\"rate_half_width\":1,\"rate_n\":2")]
    [InlineData("\"rate\":null,\"rate_half_width\":1,\"rate_n\":2")]
    [InlineData("\"rate\":2.5,\"rate_n\":2,\"rate_few\":1e300")]
    [InlineData("\"rate\":2.5,\"rate_n\":2,\"rate_few\":9223372036854775807")]
    [InlineData("\"rate\":2.5,\"rate_n\":2,\"rate_few\":3")]
    [InlineData("\"rate\":2.5,\"rate_n\":1.5")]
    [InlineData("\"rate\":2.5,\"rate_n\":-1")]
    public Task ARowThatContradictsItselfIsNone(string cells) => AssertMalformedAsync(
        $$"""{"columns":["n"],"values":["rate"],"rows":[{{{cells}}}],"damage":[],"expectations":[]}""", Requests["table"].Ask);

    [Theory]
    [InlineData(null, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task AStateOfALaterReleaseEndsTheWaitUnlessItIsSaidNotToBeOver(bool? over, bool isOver)
    {
        var later = Sweep with { State = "archived\n", Over = over };
        await using var server = CannedServer.Of("application/json", Json(later, ApiJson.Default.SweepDocument));
        using var client = new CoordinatorClient([new HostPort("127.0.0.1", server.Port)]);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var waiting = client.WaitAsync("short", _ => asked.TrySetResult(), Timeout.InfiniteTimeSpan, enough.Token);
        var watching = WatchAsync();
        await asked.Task;

        if (isOver)
        {
            Assert.Equal(later.State, (await waiting).State);
            await watching;
        }
        else if (over is null)
        {
            Assert.All(
                [await Assert.ThrowsAsync<MalformedAnswerException>(() => waiting), await Assert.ThrowsAsync<MalformedAnswerException>(() => watching)],
                unknown => Assert.StartsWith("short is archived\\n, a state that this program does not know", unknown.Message, StringComparison.Ordinal));
        }
        else
        {
            Assert.False(waiting.IsCompleted);
            await enough.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        }

        async Task WatchAsync()
        {
            using var other = new CoordinatorClient([new HostPort("127.0.0.1", server.Port)]);
            await foreach (var sweeps in other.WatchAsync("short", enough.Token))
            {
                Assert.Single(sweeps);
            }
        }
    }

    [Theory]
    [InlineData("200 OK", "text/html", "<html>")]
    [InlineData("404 Not Found", "text/html", "<html>")]
    [InlineData("500 Internal Server Error", "text/plain", "")]
    [InlineData("302 Found", "text/html", "")]
    public async Task WhoeverIsNoCoordinatorIsAskedOnce(string status, string mediaType, string body)
    {
        await using var server = CannedServer.Of(mediaType, body, status);
        using var client = new CoordinatorClient([new HostPort("127.0.0.1", server.Port)]) { Patience = Patience.Endless };

        var unreachable = await Assert.ThrowsAsync<CoordinatorUnreachableException>(() => client.ListSweepsAsync(Cancellation));

        Assert.Contains("no coordinator", unreachable.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Served);
    }

    [Theory]
    [InlineData("502 Bad Gateway")]
    [InlineData("503 Service Unavailable")]
    [InlineData("504 Gateway Timeout")]
    public async Task AProxyThatSaysInItsOwnWordsThatNobodyIsThereIsAskedAgain(string status)
    {
        await using var proxy = CannedServer.Of("text/html", "<html>", status);
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new CoordinatorClient([new HostPort("127.0.0.1", proxy.Port)], onTrouble: trouble => told.TrySetResult(trouble))
        {
            Patience = Patience.Endless,
        };
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var asking = client.ListSweepsAsync(enough.Token);
        Assert.Contains($"answers with status {status[..3]}", await told.Task, StringComparison.Ordinal);
        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1, 2")]
    public async Task AConsoleThatCannotBeUnderstoodSaysSo(string answer)
    {
        await using var server = CannedServer.Of("application/json", answer);
        using var console = new ConsoleLine(new HostPort("127.0.0.1", server.Port), token: null);

        await Assert.ThrowsAsync<MalformedAnswerException>(() => console.ListAsync(Cancellation));
        await Assert.ThrowsAsync<MalformedAnswerException>(() => console.CompleteAsync("s", Cancellation));
    }

    [Fact]
    public async Task AConsolesOutputThatCannotBeUnderstoodSaysSo()
    {
        await using var server = CannedServer.Of("application/json", "[1, 2\n");
        using var console = new ConsoleLine(new HostPort("127.0.0.1", server.Port), token: null);

        await Assert.ThrowsAsync<MalformedAnswerException>(
            async () => await console.RunAsync(["sweep"], null, Cancellation).GetAsyncEnumerator(Cancellation).MoveNextAsync());
    }

    private static async Task AssertMalformedAsync(string answer, Func<CoordinatorClient, Task> ask)
    {
        await using var server = CannedServer.Of("application/json", answer);
        using var client = new CoordinatorClient([new HostPort("127.0.0.1", server.Port)]);

        var malformed = await Assert.ThrowsAsync<MalformedAnswerException>(() => ask(client));

        Assert.Contains("cannot be understood", malformed.Message, StringComparison.Ordinal);
    }

    /// <summary>A right answer of which something is cut off, replaced or missing.</summary>
    private static Gen<string> Mutated(string right) => Gen.OneOf(
        Gen.Const(right),
        Gen.Int[0, right.Length - 1].Select(length => right[..length]),
        Gen.Select(Gen.Int[0, right.Length - 1], Gen.Char[' ', '~'], (place, other) => $"{right[..place]}{other}{right[(place + 1)..]}"),
        Gen.Select(
            Gen.Int[0, 20],
            Gen.OneOf("null", "1e999", "-1", "\"text\"", "[]", "{}", "[null]"),
            (place, other) => string.Join(':', right.Split(':').Select((part, i) => i == place + 1 ? other + part[Math.Max(0, part.LastIndexOf(','))..] : part))));

    private static string Json<T>(T document, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json) => JsonSerializer.Serialize(document, json);
}
