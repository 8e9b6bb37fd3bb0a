using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using SparseProp.EndToEnd;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting;
using SparseProp.Service.Hosting.Options;
using ClusterExtension = Akka.Cluster.Cluster;

namespace SparseProp.Cluster.Tests.Hosting;

public sealed class NodeNetworkTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("::1")]
    public async Task ANodeIsJoinedByTheAddressThatItListensOn(string host)
    {
        Assert.SkipWhen(host == "::1" && !Socket.OSSupportsIPv6, "This machine has no IPv6.");
        await using var first = await LoopbackNode.StartAsync(host: host);
        await using var second = await LoopbackNode.StartAsync(host: host);
        first.Cluster.Join(first.Address);

        var network = NetworkOf(new NodeOptions { Listen = new HostPort(host, 0), Join = [new HostPort(host, first.Address.Port!.Value)] });
        second.Cluster.JoinSeedNodes(network.SeedsFor(second.System));

        await first.MeetsAsync(second.Address);
    }

    [Theory]
    [InlineData("akka.loglevel = ${nothing}")]
    [InlineData("")]
    [InlineData("aka { loglevel = DEBUG }")]
    [InlineData("loglevel: DEBUG")]
    public void SettingsThatAkkaCannotReadAreNamed(string text)
    {
        using var folder = new WorkFolder();
        var file = folder.Write("bad.conf", text);

        var error = Assert.Throws<NodeOptionsException>(
            () => NetworkOf(new NodeOptions { Listen = new HostPort("127.0.0.1", 0), Hocon = file }));

        Assert.StartsWith($"--hocon: {file} cannot be read as Akka settings: ", Assert.Single(error.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0.0.0", null, null)]
    [InlineData("0.0.0.0", "127.0.0.2", "127.0.0.2")]
    public async Task ANodeThatListensEverywhereSaysWhereItIs(string listen, string? advertise, string? told)
    {
        var options = new NodeOptions { Listen = new HostPort(listen, 0), Advertise = advertise is null ? null : new HostPort(advertise, 0) };
        using var host = NodeHosts.Build(_ => { }, akka =>
        {
            akka.AddNodeLogging(verbose: false);
            NetworkOf(options).AddTo(akka, port: null, claim: null);
        });
        await host.StartAsync(TestContext.Current.CancellationToken);
        var system = host.Services.GetRequiredService<ActorSystem>();

        Assert.Equal(told ?? Dns.GetHostName(), ClusterExtension.Get(system).SelfAddress.Host);
        Assert.NotEqual(0, ClusterExtension.Get(system).SelfAddress.Port);
        await system.Terminate();
    }

    private static NodeNetwork NetworkOf(NodeOptions options) => new(NodeRole.Worker, options);
}
