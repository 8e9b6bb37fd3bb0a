using SparseProp.Chaos;

namespace SparseProp.EndToEnd;

/// <summary>Coordinators that end in good order, and their successors.</summary>
public sealed class CoordinatorRestartTests(UndisturbedStores undisturbed) : IAsyncDisposable
{
    private const int Seeds = 30;
    private const int EnoughToFillADisk = 60;

    private readonly SweptCluster _swept = SweptCluster.OnLoopback(undisturbed, isPatient: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ClusterUnderTest Nodes => _swept.Nodes;

    public ValueTask DisposeAsync() => _swept.DisposeAsync();

    // Takes a minute; 'deploy/check.sh netns' does so, too.
    [Fact(Explicit = true)]
    public async Task AllNodesAreRestartedInTurnWhileASweepRuns()
    {
        var (first, second) = await _swept.StartTwoCoordinatorsAsync();

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
}
