using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using SparseProp.Chaos;
using SparseProp.Cluster.Tests.Hosting.Security;

namespace SparseProp.EndToEnd;

/// <summary>Someone at the nodes' ports while a sweep runs.</summary>
public sealed class StrangerTests(UndisturbedStores undisturbed)
{
    private const int Seeds = 30;

    // Enough for a node and far from what the numbers below would take: who fills it ends.
    private const string MostMemory = "0x10000000";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ANumberFarAheadIsRefusedAndASweepThatRunsEndsRight(bool withTls)
    {
        await using var swept = SweptCluster.OnLoopback(undisturbed, withTls, isPatient: true);
        swept.Nodes.Variables["DOTNET_GCHeapHardLimit"] = MostMemory;
        NodeUnderTest[] nodes = [swept.Nodes.StartCoordinator(), swept.Nodes.StartWorker()];
        using var certificate = swept.Nodes.Certificate is { } file ? X509Certificate2.CreateFromPemFile(file) : null;

        await swept.RunAsync(Seeds, async () =>
        {
            foreach (var node in nodes)
            {
                var address = await AddressOfAsync(node, withTls);
                using var stranger = await Stranger.AssociateAsync(address, certificate);
                await stranger.SendAsync(AkkaWire.Envelope(
                    $"{address}/user/joining", $"{stranger.Address}/user/nobody", new Parcel(22, "", []), sequence: 1UL << 40));
                await stranger.HearOutAsync();
                await swept.Nodes.AwaitSaidAsync(node, "Refused a frame", Cancellation);
            }
        });

        Assert.All(nodes, node => Assert.True(node.IsRunning, swept.Nodes.Logs()));
    }

    private static async Task<Address> AddressOfAsync(NodeUnderTest node, bool withTls)
    {
        var place = (await node.Listening.WaitAsync(Hang.After, Cancellation)).Split(':');
        return new Address(withTls ? "akka.ssl.tcp" : "akka.tcp", "sparseprop", place[0], int.Parse(place[1], CultureInfo.InvariantCulture));
    }
}
