using SparseProp.Chaos;

namespace SparseProp.EndToEnd;

/// <summary>Coordinators that stand still, which others have to find out.</summary>
public sealed class CoordinatorFaultTests(UndisturbedStores undisturbed) : IAsyncDisposable
{
    private const int Seeds = 30;

    private readonly SweptCluster _swept = SweptCluster.OnLoopback(undisturbed);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ClusterUnderTest Nodes => _swept.Nodes;

    public ValueTask DisposeAsync() => _swept.DisposeAsync();

    [Fact]
    public async Task ACoordinatorThatStandsStillKeepsTheStoresAndGoesOn()
    {
        var (sleeper, standby) = await _swept.StartTwoCoordinatorsAsync();

        await _swept.RunAsync(Seeds, async () =>
        {
            sleeper.Stop();

            // On a busy machine it may have lost sight of it before.
            await Nodes.AwaitSaidAsync(standby, "has lost the coordinator that holds the stores", Cancellation, after: standby.Log.Count);
            sleeper.Wake();
        });

        await Nodes.AwaitClusterAsync(cluster => cluster.Epoch == 1, "coordinator of the first epoch", Cancellation);
    }

    [Fact]
    public async Task WhereTheFileSystemHasNoLocksACoordinatorThatWasReplacedInItsSleepWritesNothing()
    {
        var (sleeper, standby) = await _swept.StartTwoCoordinatorsAsync();

        await _swept.RunAsync(Seeds, async () =>
        {
            sleeper.Stop();

            // Where a lock is gone the next one gets it, as if there were none.
            File.Delete(Path.Combine(Nodes.Root, "coordinator.lock"));
            File.Delete(Path.Combine(_swept.Store, "store.lock"));
            await Nodes.AwaitSaidAsync(standby, "in epoch 2", Cancellation);
            sleeper.Wake();
            await Nodes.AwaitSaidAsync(sleeper, "this is epoch 1", Cancellation);
        });

        await Nodes.AwaitClusterAsync(cluster => cluster.Epoch == 2, "coordinator of the second epoch", Cancellation);
    }
}
