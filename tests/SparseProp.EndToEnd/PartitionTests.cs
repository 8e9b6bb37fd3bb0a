using SparseProp.Chaos;

namespace SparseProp.EndToEnd;

/// <summary>Clusters whose nodes are on hosts of their own, and lose sight of each other.</summary>
public sealed class PartitionTests(UndisturbedStores undisturbed)
{
    private const int Seeds = 30;

    public enum Cut
    {
        /// <summary>The worker's cable is out.</summary>
        Unplugged,

        /// <summary>Nothing from the worker reaches the coordinator.</summary>
        Unheard,

        /// <summary>Nothing from the coordinator reaches the worker.</summary>
        Deaf,
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // 'deploy/check.sh netns' unplugs a worker, too.
    [Theory(Explicit = true)]
    [InlineData(Cut.Unplugged)]
    [InlineData(Cut.Unheard)]
    [InlineData(Cut.Deaf)]
    public async Task AWorkerThatIsCutOffIsGivenUpAndComesBack(Cut cut)
    {
        await using var swept = await SweptCluster.OnNetworkAsync(undisturbed, workers: 2);
        var coordinator = swept.Nodes.StartCoordinator();
        var victim = swept.Nodes.StartWorker();
        swept.Nodes.StartWorker();
        await swept.Nodes.AwaitWorkersAsync(2, Cancellation);

        await swept.RunAsync(Seeds, async () =>
        {
            var network = swept.Nodes.Network!;
            var (from, to) = cut is Cut.Unheard ? (victim.Host!, coordinator.Host!) : (coordinator.Host!, victim.Host!);
            await (cut is Cut.Unplugged ? network.UnplugAsync(victim.Host!) : NetworkUnderTest.CutAsync(from, to));
            await swept.Nodes.AwaitClusterAsync(cluster => cluster.Workers.Count == 1, "cluster of one worker", Cancellation);
            await (cut is Cut.Unplugged ? network.PlugAsync(victim.Host!) : NetworkUnderTest.MendAsync(from, to));
            await swept.Nodes.AwaitWorkersAsync(2, Cancellation);
        });
    }

    [Fact]
    public async Task WhileTheCoordinatorThatHoldsTheStoresIsCutOffNoOtherTakesThem()
    {
        await using var swept = await SweptCluster.OnNetworkAsync(undisturbed, workers: 2);
        var holder = swept.Nodes.StartCoordinator();
        swept.Nodes.StartWorker();
        swept.Nodes.StartWorker();
        await swept.Nodes.AwaitWorkersAsync(2, Cancellation);
        var standby = swept.Nodes.StartCoordinator(1);
        await swept.Nodes.AwaitSaidAsync(standby, "Welcome from", Cancellation);

        await swept.RunAsync(Seeds, async () =>
        {
            // Its cable stays in: the test asks it how it is.
            foreach (var other in swept.Nodes.Workers.Append(standby))
            {
                await NetworkUnderTest.CutAsync(holder.Host!, other.Host!);
                await NetworkUnderTest.CutAsync(other.Host!, holder.Host!);
            }

            await swept.Nodes.AwaitSaidAsync(standby, "has lost the coordinator that holds the stores", Cancellation);
            await swept.Nodes.AwaitClusterAsync(cluster => cluster.Workers.Count == 0, "coordinator without workers", Cancellation);
            foreach (var other in swept.Nodes.Workers.Append(standby))
            {
                await NetworkUnderTest.MendAsync(holder.Host!, other.Host!);
                await NetworkUnderTest.MendAsync(other.Host!, holder.Host!);
            }

            await swept.Nodes.AwaitClusterAsync(
                cluster => cluster.Workers.Count == 2 && cluster.Epoch == 1, "cluster of the same coordinator and both workers", Cancellation);
        });
    }
}
