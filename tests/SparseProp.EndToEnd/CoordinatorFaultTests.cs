using SparseProp.Chaos;

namespace SparseProp.EndToEnd;

/// <summary>What happens to coordinators, beyond being killed.</summary>
public sealed class CoordinatorFaultTests(UndisturbedStores undisturbed) : IAsyncDisposable
{
    private const int Seeds = 30;
    private const int EnoughToFillADisk = 60;

    private readonly SweptCluster _swept = SweptCluster.OnLoopback(undisturbed);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ClusterUnderTest Nodes => _swept.Nodes;

    public ValueTask DisposeAsync() => _swept.DisposeAsync();

    [Fact]
    public async Task ACoordinatorThatStandsStillKeepsTheStoresAndGoesOn()
    {
        var (sleeper, standby) = await StartTwoAsync();

        await _swept.RunAsync(Seeds, async () =>
        {
            sleeper.Stop();
            await Nodes.AwaitSaidAsync(standby, "has lost the coordinator that holds the stores", Cancellation);
            sleeper.Wake();
        });

        await Nodes.AwaitClusterAsync(cluster => cluster.Epoch == 1, "coordinator of the first epoch", Cancellation);
    }

    [Fact]
    public async Task WhereTheFileSystemHasNoLocksACoordinatorThatWasReplacedInItsSleepWritesNothing()
    {
        var (sleeper, standby) = await StartTwoAsync();

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

    // Takes a minute; 'deploy/check.sh netns' does so, too.
    [Fact(Explicit = true)]
    public async Task AllNodesAreRestartedInTurnWhileASweepRuns()
    {
        var (first, second) = await StartTwoAsync();

        await _swept.RunAsync(2 * Seeds, async () =>
        {
            Assert.Equal(0, await first.TerminateAsync(Hang.After));
            await Nodes.AwaitClusterAsync(cluster => cluster.Epoch == 2, "coordinator of the second epoch", Cancellation);
            await Nodes.AwaitSaidAsync(Nodes.StartCoordinator(0), "Welcome from", Cancellation);
            Assert.Equal(0, await second.TerminateAsync(Hang.After));
            await Nodes.AwaitClusterAsync(cluster => cluster.Epoch == 3, "coordinator of the third epoch", Cancellation);
            await Nodes.AwaitSaidAsync(Nodes.StartCoordinator(1), "Welcome from", Cancellation);
            foreach (var worker in Nodes.Workers.ToList())
            {
                Assert.Equal(0, await worker.TerminateAsync(Hang.After));
                Nodes.Bury(worker);
                Nodes.StartWorker();
                await Nodes.AwaitWorkersAsync(2, Cancellation);
            }
        });
    }

    [Fact]
    public async Task ADiskThatFillsUpStopsTheSweepAndWithRoomACoordinatorGoesOn()
    {
        await using var disk = await SmallDisk.MountAsync(Nodes.Root, "48k", Cancellation);
        var coordinator = Nodes.StartCoordinator();
        Nodes.StartWorker();
        await Nodes.AwaitWorkersAsync(1, Cancellation);
        var sweep = Sweeps.Longer(EnoughToFillADisk);

        var full = await _swept.SubmitAsync(sweep);
        Assert.Equal(1, full.ExitCode);
        Assert.Contains("No space left", full.Output, StringComparison.Ordinal);
        await disk.ResizeAsync("8m", Cancellation);
        await coordinator.TerminateAsync(Hang.After);
        await Nodes.AwaitSaidAsync(Nodes.StartCoordinator(), "Coordinating", Cancellation);

        await _swept.AssertDoneAsync(sweep, _swept.SubmitAsync(sweep));
    }

    private async Task<(NodeUnderTest First, NodeUnderTest Second)> StartTwoAsync()
    {
        var first = Nodes.StartCoordinator();
        Nodes.StartWorker();
        Nodes.StartWorker();
        await Nodes.AwaitWorkersAsync(2, Cancellation);
        var second = Nodes.StartCoordinator(1);
        await Nodes.AwaitSaidAsync(second, "Welcome from", Cancellation);
        return (first, second);
    }
}
