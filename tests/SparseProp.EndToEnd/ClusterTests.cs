namespace SparseProp.EndToEnd;

/// <summary>Clusters of processes on loopback, and what happens to them.</summary>
public sealed class ClusterTests(UndisturbedStores undisturbed) : IAsyncDisposable
{
    private const int Seeds = 60;
    private const int Points = 2 * Seeds;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SweptCluster _swept = SweptCluster.OnLoopback(undisturbed);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _swept.DisposeAsync();

    [Fact]
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

    [Theory]
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

    [Fact]
    public async Task AWorkerThatStandsStillForLongReportsLateAndNothingIsDoneTwiceInTheStore()
    {
        _swept.Nodes.StartCoordinator();
        var sleeper = _swept.Nodes.StartWorker();
        _swept.Nodes.StartWorker();

        await _swept.RunAsync(Seeds, async () =>
        {
            sleeper.Stop();
            await _swept.AwaitRecordedAsync(Points / 2);
            sleeper.Wake();
        });
    }

    [Fact]
    public async Task AWorkerThatIsToldToEndHandsItsPointsBackAndExitsWithZero()
    {
        _swept.Nodes.StartCoordinator();
        var leaver = _swept.Nodes.StartWorker();
        _swept.Nodes.StartWorker();

        await _swept.RunAsync(Seeds, async () => Assert.Equal(0, await leaver.TerminateAsync(Patience)));
    }

    [Fact]
    public async Task ALongPointGoesOnFromItsCheckpointOnAnotherWorker()
    {
        const string sweep = """
            name: longer
            model: lif
            fixed: { n: 100000, k: 100 }
            stop: { spikes: 20000000 }
            """;
        _swept.Nodes.StartCoordinator(0, "--checkpoint-interval", "500ms");
        var victim = _swept.Nodes.StartWorker();
        await _swept.Nodes.AwaitWorkersAsync(1, Cancellation);
        var submitting = _swept.SubmitAsync(sweep);
        var checkpoints = Path.Combine(_swept.Store, "checkpoints");
        using (var patience = new CancellationTokenSource(Patience))
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50)))
        {
            while (!Directory.Exists(checkpoints) || !Directory.EnumerateFiles(checkpoints, "*.snapshot").Any())
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
        }

        await victim.KillAsync();
        _swept.Nodes.StartWorker();

        await _swept.AssertDoneAsync(sweep, submitting);
        Assert.Contains(_swept.Nodes.LogsOf("worker 2"), line => line.Contains("checkpoint", StringComparison.OrdinalIgnoreCase));
        Assert.False(Directory.Exists(checkpoints), "checkpoints outlived their point");
    }
}
