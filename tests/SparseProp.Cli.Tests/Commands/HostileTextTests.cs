using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Tests.Api;
using SparseProp.Cluster.Tests.Hosting.Security;
using SparseProp.EndToEnd;
using SparseProp.Results.Root;
using SparseProp.Service.Api.Logs;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>Names and messages from elsewhere that would command a terminal, through whatever prints them.</summary>
public sealed class HostileTextTests : CommandTestBase
{
    private const string Hostile =
        "evil\u001b[31m\u001b]0;t\u0007\u0000\u007f\u0085\u009b1m\u202e\u2066\u200b\ufeff\u2028\u2029\rover\u000b\u000c\b\U000e0041 [red]x[/]\nINJECTED";

    private const string Seen = @"evil\u001b[31m\u001b]0;t\u0007\u0000\u007f\u0085\u009b1m\u202e\u2066\u200b\ufeff\u2028\u2029\rover";

    [Theory]
    [InlineData("list")]
    [InlineData("status small")]
    [InlineData("cluster")]
    [InlineData("watch small")]
    [InlineData("logs")]
    [InlineData("pause small")]
    [InlineData("pbm ADDRESS worker list")]
    [InlineData("pbm ADDRESS sweep list")]
    [InlineData("pbm ADDRESS sweep status small")]
    [InlineData("pbm ADDRESS log peek")]
    public async Task NothingFromACoordinatorReachesTheTerminalAsACommand(string command)
    {
        await using var coordinator = await StartAsync();
        var words = command.Split(' ').Select(word => word == "ADDRESS" ? coordinator.HostAndPort : word).ToArray();

        var run = words[0] == "pbm" ? await Sparseprop.RunAsync(words) : await RunAsync(coordinator, words);

        AssertVisible(run);
        Assert.Contains(@"\u001b", run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("\nINJECTED", run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoticesAndRefusalsAreShownWithEscapes()
    {
        await using var coordinator = await StartAsync();
        coordinator.Answer = EndsAs(coordinator, Finished(1, 0, $"point 3 failed: {Hostile}"));
        AssertVisible(await RunAsync(coordinator, "submit", SweepFile, "--wait"), Seen);

        coordinator.Answer = _ => new Declined(DeclineReason.Conflict, Hostile);
        AssertVisible(await RunAsync(coordinator, "status", "small"), Seen.Replace(@"\rover", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task JsonSaysWhatThereIs()
    {
        await using var coordinator = await StartAsync();

        var run = await RunAsync(coordinator, "cluster", "--json");

        AssertVisible(run);
        Assert.Equal(Hostile, (string)JsonNode.Parse(run.Output)!["workers"]![0]!["host"]!);
    }

    [Fact]
    public async Task WordsOfTheCommandLineAreNoCommandsToTheTerminal()
    {
        AssertVisible(await Sparseprop.RunAsync("results", "table", Folder.In("no\u001b[31m\u009bstore")), @"no\u001b[31m\u009bstore");
        AssertVisible(await Sparseprop.RunAsync("\u001b]0;t\u0007"), @"\u001b]0;t\u0007");
        AssertVisible(await Sparseprop.RunAsync("run", Folder.Write("a\u202eb.yaml", "name: [\n")), @"a\u202eb.yaml");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task ANodeLogsWhoeverGreetsItWithEscapes(string format)
    {
        // A stranger is spoken of when it is given up, for which a node waits two minutes otherwise.
        var impatient = Folder.Write("impatient.hocon", "akka.remote.transport-failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 1s }");
        using var node = Sparseprop.Start(
            "node", "all", "--store", Folder.In("stores"), "--listen", "127.0.0.1:0", "--http", "off", "--slots", "1", "--log-format", format,
            "--hocon", impatient);
        try
        {
            var port = int.Parse((await node.StandardOutput.ReadLineAsync(Cancellation))!.Split(':')[^1], CultureInfo.InvariantCulture);
            using var stranger = new TcpClient();
            await stranger.ConnectAsync(IPAddress.Loopback, port, Cancellation);
            await stranger.GetStream().WriteAsync(Greeting("evil\u001b[31m\u001b]0;t\u0007\u202e"), Cancellation);

            string line;
            do
            {
                line = await node.StandardError.ReadLineAsync(Cancellation) ?? throw new EndOfStreamException("nothing was logged of it");
                Assert.DoesNotContain(line.EnumerateRunes(), rune => Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format);
            }
            while (!line.Contains("evil", StringComparison.Ordinal));

            Assert.Contains(@"\u001b[31m\u001b]0;t\u0007\u202e", line, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            node.Kill();
        }
    }

    // As AkkaWire's, of a node whose host is called so.
    private static byte[] Greeting(string host) => AkkaWire.Frame(
        new ProtocolBuffer().Message(2, new ProtocolBuffer().Number(1, 1).Message(2, new ProtocolBuffer()
            .Message(1, new ProtocolBuffer().Text(1, "sparseprop").Text(2, host).Number(3, 4053).Text(4, "tcp"))
            .Fixed(2, 4711))).ToArray());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static void AssertVisible(Finished run, string? seen = null)
    {
        Assert.All((string[])[run.Output, run.Errors], text => Assert.DoesNotContain(
            text.EnumerateRunes(),
            rune => rune.Value != '\n' && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
        Assert.Contains(seen ?? "", run.Output + run.Errors, StringComparison.Ordinal);
    }

    private static async Task<FakeCoordinator> StartAsync()
    {
        var ring = new LogRing();
        ring.Add(LogLevel.Warning, number => new LogLineDocument(
            number, DateTimeOffset.UnixEpoch, ApiJson.NameOf(LogLevel.Warning), Hostile, Hostile, new Dictionary<string, string>(), "a fault \u001b[0m"));
        var coordinator = await FakeCoordinator.StartAsync(also: options => options with { Logs = ring });
        var sweep = FakeCoordinator.Status("small", SweepState.Finished, failed: 1, problem: Hostile, notices: Hostile);
        coordinator.Answer = request => request switch
        {
            ListSweeps => new SweepList([sweep]),
            GetCluster => new ClusterStatus(
                1, "build", [new WorkerSummary(Hostile, Hostile, 1, 1 << 30, 0, false)], [new LeaseSummary("1", "small", Hostile, "work", 1, 2)]),
            _ => sweep,
        };
        return coordinator;
    }
}
