using System.Net;
using System.Net.Sockets;
using SparseProp.EndToEnd;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Cluster.Tests.Hosting;

public sealed class NodeProcessTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StoresThatNobodyCanHaveEndTheNode()
    {
        _folder.Write("coordinator.msgpack", "damaged");

        var error = await Assert.ThrowsAsync<StoreException>(() => RunAsync(new HostPort("127.0.0.1", 0)));

        Assert.Contains("coordinator.msgpack", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAddressThatIsTakenEndsTheNode()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var error = await Assert.ThrowsAnyAsync<IOException>(() => RunAsync(new HostPort("127.0.0.1", ((IPEndPoint)taken.LocalEndpoint).Port)));

        Assert.Contains($"{taken.LocalEndpoint}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoNodesDoNotShareAnAddress()
    {
        await using var first = await LoopbackNode.StartAsync();

        var error = await Assert.ThrowsAnyAsync<IOException>(() => RunAsync(new HostPort("127.0.0.1", first.Address.Port!.Value)));

        Assert.Contains($"{first.Address.Port}", error.Message, StringComparison.Ordinal);
    }

    private Task RunAsync(HostPort listen)
    {
        var options = new NodeOptions { Listen = listen, Store = _folder.Path };
        var provenance = RunProvenance.Capture("", typeof(NodeProcessTests).Assembly, new Dictionary<string, string>());
        var run = NodeProcess.RunAsync(
            NodeRole.Coordinator, options, provenance, _ => { }, _ => { }, TestContext.Current.CancellationToken);
        return run.WaitAsync(Hang.After, TestContext.Current.CancellationToken);
    }
}
