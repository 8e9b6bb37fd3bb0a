namespace SparseProp.EndToEnd;

/// <summary>Clusters of processes on loopback whose nodes are killed.</summary>
public sealed class ClusterTests(UndisturbedStores undisturbed) : IAsyncDisposable
{
    private const int Seeds = 30;

    private readonly SweptCluster _swept = SweptCluster.OnLoopback(undisturbed);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _swept.DisposeAsync();

    [Fact(Explicit = true)]
    public async Task ASweepOnAClusterGivesTheStoreOfARunOnOneMachine()
    {
        _swept.Nodes.StartCoordinator();
        _swept.Nodes.StartWorker();
        _swept.Nodes.StartWorker();

        await _swept.RunAsync(Seeds, () => Task.CompletedTask);
    }

    [Fact]
    public async Task WhenAWorkerIsKilledOthersDoItsPoints()
    {
        _swept.Nodes.StartCoordinator();
        var victim = _swept.Nodes.StartWorker();
        _swept.Nodes.StartWorker();

        await _swept.RunAsync(Seeds, victim.KillAsync);
    }

    [Fact]
    public async Task WhenAllWorkersAreKilledTheCoordinatorGoesOnWithNewOnes()
    {
        _swept.Nodes.StartCoordinator();
        var victims = new[] { _swept.Nodes.StartWorker(), _swept.Nodes.StartWorker() };

        await _swept.RunAsync(Seeds, async () =>
        {
            await Task.WhenAll(victims.Select(victim => victim.KillAsync()));
            _swept.Nodes.StartWorker();
        });
    }

    [Fact]
    public async Task WhenTheCoordinatorIsKilledItsSuccessorGoesOnWithTheSameWorkers()
    {
        var coordinator = _swept.Nodes.StartCoordinator();
        _swept.Nodes.StartWorker();
        _swept.Nodes.StartWorker();

        await _swept.RunAsync(Seeds, async () =>
        {
            await coordinator.KillAsync();
            _swept.Nodes.StartCoordinator();
        });
    }

    // 'deploy/check.sh netns' does so, too.
    [Theory(Explicit = true)]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task WhenTheActiveOfTwoCoordinatorsIsKilledTheOtherTakesOver(int active, int standby)
    {
        // Both places first, so that the addresses are in either order.
        await _swept.Nodes.StartCoordinator(0).KillAsync();
        await _swept.Nodes.StartCoordinator(1).KillAsync();
        var first = _swept.Nodes.StartCoordinator(active);
        _swept.Nodes.StartWorker();
        await _swept.Nodes.AwaitWorkersAsync(1, Cancellation);
        _swept.Nodes.StartCoordinator(standby);

        await _swept.RunAsync(Seeds, first.KillAsync);
    }
}
