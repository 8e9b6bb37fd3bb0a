using System.Text.Json.Nodes;
using Akka.Actor;
using Akka.Cluster;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Membership;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;
using SparseProp.Service.Api;
using SparseProp.Service.Hosting;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>A cluster of two real nodes, seen through the API of the first.</summary>
public sealed class MemberRoutesTests : ApiTestBase
{
    private const string Members = "/api/v1/cluster/members";

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task MembersAreListedWithTheirMarks()
    {
        await using var cluster = await TwoNodes.StartAsync();

        var list = (await GetAsync(cluster.Api, Members)).Json;

        var members = list["members"]!.AsArray();
        Assert.Equal(cluster.First.ToString(), (string)list["self"]!);
        Assert.Equal([cluster.First.ToString(), cluster.Second.ToString()], members.Select(member => (string)member!["address"]!));
        Assert.Equal(["coordinator", "worker"], members.Select(member => (string)Assert.Single(member!["roles"]!.AsArray())!));
        Assert.Equal([true, false], members.Select(member => (bool)member!["singleton"]!));
        Assert.Single(members, member => (bool)member!["leader"]!);
        Assert.All(members, member => Assert.Equal(
            ("up", true, ProgramIdentity.Own.Build),
            ((string)member!["status"]!, (bool)member["reachable"]!, (string)member["build"]!)));
    }

    [Theory(Timeout = Hang.Milliseconds)]
    [InlineData("leave", true)]
    [InlineData("leave", false)]
    [InlineData("down", true)]
    public async Task AMemberCanBeMadeToGo(string command, bool whole)
    {
        await using var cluster = await TwoNodes.StartAsync();
        var address = whole ? cluster.Second.ToString() : $"{cluster.Second.Host}:{cluster.Second.Port}";

        var reply = await SendAsync(cluster.Api, HttpMethod.Post, $"{Members}/{command}", Body(address));

        Assert.Equal((202, cluster.Second.ToString()), (reply.Status, (string)reply.Json["address"]!));
        await cluster.UntilMembersAsync(count: 1);
        Assert.Single((await GetAsync(cluster.Api, Members)).Json["members"]!.AsArray());
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task ANodeDoesNotDeclareItselfDown()
    {
        await using var cluster = await TwoNodes.StartAsync();

        AssertProblem(await SendAsync(cluster.Api, HttpMethod.Post, $"{Members}/down", Body(cluster.First.ToString())), 409);
        AssertProblem(await SendAsync(cluster.Api, HttpMethod.Post, $"{Members}/down", Body("10.0.0.1:1")), 404);
        AssertProblem(await SendAsync(cluster.Api, HttpMethod.Post, $"{Members}/leave", """{"adress": "x"}"""), 400);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task MembersOutOfReachCanBeDeclaredDownTogether()
    {
        await using var cluster = await TwoNodes.StartAsync();
        const string Path = "/api/v1/cluster/down-unreachable";
        Assert.Empty((await SendAsync(cluster.Api, HttpMethod.Post, Path)).Json["downed"]!.AsArray());
        await cluster.KillSecondAsync();

        JsonArray downed;
        do
        {
            downed = (await SendAsync(cluster.Api, HttpMethod.Post, Path)).Json["downed"]!.AsArray();
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        while (downed.Count == 0);

        Assert.Equal(cluster.Second.ToString(), (string)Assert.Single(downed)!);
        await cluster.UntilMembersAsync(count: 1);
    }

    [Fact]
    public async Task AProcessOutsideAnyClusterSaysSo()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        AssertProblem(await GetAsync(coordinator, Members), 503);
        AssertProblem(await SendAsync(coordinator, HttpMethod.Post, "/api/v1/cluster/down-unreachable"), 503);
    }

    private static Task<Reply> GetAsync(Uri address, string path) => SendAsync(address, HttpMethod.Get, path);

    private static string Body(string address) => new JsonObject { ["address"] = address }.ToJsonString();

    private sealed class TwoNodes : IAsyncDisposable
    {
        private const string Quick = """
            akka.cluster.failure-detector {
              heartbeat-interval = 100ms
              acceptable-heartbeat-pause = 500ms
            }
            """;

        private readonly IHost _first = Build(NodeRoles.Coordinator);
        private readonly IHost _second = Build(NodeRoles.Worker);
        private CoordinatorApi? _api;

        public Uri Api => _api!.Address;

        public Address First => ClusterOf(_first).SelfAddress;

        public Address Second => ClusterOf(_second).SelfAddress;

        public static async Task<TwoNodes> StartAsync()
        {
            var cancellation = TestContext.Current.CancellationToken;
            var nodes = new TwoNodes();
            await nodes._first.StartAsync(cancellation);
            await ClusterOf(nodes._first).JoinAsync(nodes.First, cancellation);
            await nodes._second.StartAsync(cancellation);
            await ClusterOf(nodes._second).JoinAsync(nodes.First, cancellation);
            await nodes.UntilMembersAsync(count: 2);
            nodes._api = await CoordinatorApi.StartAsync(
                new CoordinatorApiOptions
                {
                    Endpoint = new HostPort("127.0.0.1", 0),
                    Coordinator = () => null,
                    StoreOf = _ => null,
                    Uploads = new FileArchive(Path.GetTempPath()),
                    Membership = () => new ClusterMembership(ClusterOf(nodes._first)),
                    Logging = _ => { },
                },
                cancellation);
            return nodes;
        }

        public async Task UntilMembersAsync(int count)
        {
            while (ClusterOf(_first).State.Members.Count(member => member.Status == MemberStatus.Up) != count
                || ClusterOf(_first).State.Members.Count != count)
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }

        /// <summary>Ends the second node without a word to the first.</summary>
        public Task KillSecondAsync() => _second.Services.GetRequiredService<ActorSystem>().Terminate();

        public async ValueTask DisposeAsync()
        {
            if (_api is not null)
            {
                await _api.DisposeAsync();
            }

            foreach (var host in new[] { _second, _first })
            {
                await host.Services.GetRequiredService<ActorSystem>().Terminate();
                host.Dispose();
            }
        }

        private static Akka.Cluster.Cluster ClusterOf(IHost host) =>
            Akka.Cluster.Cluster.Get(host.Services.GetRequiredService<ActorSystem>());

        private static IHost Build(string role) => NodeHosts.Build(
            _ => { },
            akka => akka.AddNodeLogging(verbose: false)
                .AddSweepNetwork([role], new HostPort("127.0.0.1", 0), advertise: null, tls: null, claim: null)
                .AddHocon(NodeSettings.Embedded, HoconAddMode.Prepend)
                .AddHocon(Quick, HoconAddMode.Prepend));
    }
}
