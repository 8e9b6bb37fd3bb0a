using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SparseProp.Client;
using SparseProp.Results.Manifests;
using SparseProp.Service.Hosting;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>The API of a real node.</summary>
public sealed class NodeApiTests : ApiTestBase, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sparseprop-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("0.0.0.0:0", false)]
    [InlineData("[::]:0", false)]
    [InlineData("10.1.2.3:9110", false)]
    [InlineData("node1.example.org:9110", false)]
    [InlineData("127.0.0.1:0", true)]
    [InlineData("localhost:0", true)]
    [InlineData("[::1]:0", true)]
    public void BeyondLoopbackATokenIsAskedFor(string http, bool isFine)
    {
        string[] Errors(params (string, string)[] flags)
        {
            try
            {
                OptionsOf([("http", http), .. flags]);
                return [];
            }
            catch (NodeOptionsException invalid)
            {
                return [.. invalid.Errors];
            }
        }

        Assert.Equal(isFine ? 0 : 1, Errors().Count(error => error.Contains("--token-file", StringComparison.Ordinal)));
        Assert.Empty(Errors(("token-file", TokenFile("secret"))));
    }

    [Theory(Timeout = Hang.Milliseconds)]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("two words")]
    [InlineData("schlüssel")]
    public async Task AFileWithoutATokenIsRefused(string content)
    {
        var options = OptionsOf([("http", "127.0.0.1:0"), ("token-file", TokenFile(content))]);

        var invalid = await Assert.ThrowsAsync<NodeOptionsException>(() => NodeProcess.RunAsync(
            NodeRole.Coordinator, options, Provenance(), _ => { }, _ => { }, TestContext.Current.CancellationToken));

        Assert.Contains("holds no token", invalid.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task ANodeIsAMemberOfItsClusterAndKeepsItsProgressForThoseWhoAskForTheLog()
    {
        using var stop = new CancellationTokenSource();
        var shown = new ConcurrentQueue<string>();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var node = NodeProcess.RunAsync(
            NodeRole.All,
            OptionsOf([("http", "127.0.0.1:0"), ("listen", "127.0.0.1:0"), ("slots", "1")]),
            Provenance(),
            logging => logging.AddProvider(new Shown(shown)),
            said =>
            {
                if (said.StartsWith("http ", StringComparison.Ordinal))
                {
                    address.SetResult(new Uri(said["http ".Length..]));
                }
            },
            stop.Token);
        var api = await address.Task;
        await using (var events = await OpenWhenReadyAsync(api))
        {
            var state = await events.NextAsync("state");
            if (state["cluster"]!["workers"]!.AsArray().Count == 0)
            {
                await events.UntilAsync("cluster", cluster => cluster["workers"]!.AsArray().Count == 1);
            }
        }

        var member = Assert.Single((await SendAsync(api, HttpMethod.Get, "/api/v1/cluster/members")).Json["members"]!.AsArray())!;
        var log = (await SendAsync(api, HttpMethod.Get, ApiRoutes.Logs)).Text;
        await stop.CancelAsync();
        await node;

        Assert.Equal(("up", true, true), ((string)member["status"]!, (bool)member["leader"]!, (bool)member["singleton"]!));
        Assert.Equal(["coordinator", "worker"], member["roles"]!.AsArray().Select(role => (string)role!));
        var line = Assert.Single(
            log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!),
            line => ((string)line["message"]!).StartsWith("Coordinating 0 sweeps", StringComparison.Ordinal));
        Assert.EndsWith("/user/sweeps/sweeps", (string)line["category"]!, StringComparison.Ordinal);
        Assert.Equal(["Sweeps", "Epoch"], line["properties"]!.AsObject().Select(property => property.Key));
        Assert.DoesNotContain(shown, line => line.Contains("Coordinating 0 sweeps", StringComparison.Ordinal));
        Assert.Contains(shown, line => line.StartsWith("Drained", StringComparison.Ordinal));
    }

    private static async Task<EventReader> OpenWhenReadyAsync(Uri api)
    {
        while ((await SendAsync(api, HttpMethod.Get, "/health/ready")).Status != 200)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return await EventReader.OpenAsync(api, "/api/v1/events");
    }

    private static RunProvenance Provenance() =>
        RunProvenance.Capture("", typeof(NodeApiTests).Assembly, new Dictionary<string, string>());

    private string TokenFile(string content)
    {
        var path = Path.Combine(_folder.FullName, "token");
        File.WriteAllText(path, content);
        return path;
    }

    private NodeOptions OptionsOf(params (string Name, string Value)[] flags)
    {
        (string Name, string Value)[] all = [.. flags, ("store", Path.Combine(_folder.FullName, "store"))];
        return NodeOptionsReader.Read(
            NodeRole.All, all.ToDictionary(flag => flag.Name, flag => flag.Value), new Dictionary<string, string>(), configFile: null);
    }

    private sealed class Shown(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
            // The lines outlive it.
        }
    }
}
