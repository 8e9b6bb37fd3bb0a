using SparseProp.Chaos;
using SparseProp.Results;
using SparseProp.Results.Comparisons;

namespace SparseProp.EndToEnd;

/// <summary>Clusters of processes on loopback, and what happens to them.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private const string Sweep = "longer";
    private const int Seeds = 60;
    private const int Points = 2 * Seeds;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WorkFolder _folder = new();
    private readonly ClusterUnderTest _cluster;

    public ClusterTests() => _cluster = new ClusterUnderTest(_folder.Path);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task ASweepOnAClusterGivesTheStoreOfARunOnOneMachine()
    {
        _cluster.StartCoordinator();
        _cluster.StartWorker();
        _cluster.StartWorker();

        await SubmitAndCompareAsync(() => Task.CompletedTask);
    }

    [Fact]
    public async Task WhenAWorkerIsKilledOthersDoItsPoints()
    {
        _cluster.StartCoordinator();
        var victim = _cluster.StartWorker();
        _cluster.StartWorker();

        await SubmitAndCompareAsync(victim.KillAsync);
    }

    [Fact]
    public async Task WhenAllWorkersAreKilledTheCoordinatorGoesOnWithNewOnes()
    {
        _cluster.StartCoordinator();
        var victims = new[] { _cluster.StartWorker(), _cluster.StartWorker() };

        await SubmitAndCompareAsync(async () =>
        {
            await Task.WhenAll(victims.Select(victim => victim.KillAsync()));
            _cluster.StartWorker();
        });
    }

    [Fact]
    public async Task WhenTheCoordinatorIsKilledItsSuccessorGoesOnWithTheSameWorkers()
    {
        var coordinator = _cluster.StartCoordinator();
        _cluster.StartWorker();
        _cluster.StartWorker();

        await SubmitAndCompareAsync(async () =>
        {
            await coordinator.KillAsync();
            _cluster.StartCoordinator();
        });
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task WhenTheActiveOfTwoCoordinatorsIsKilledTheOtherTakesOver(int active, int standby)
    {
        // Both places first, so that the addresses are in either order.
        await _cluster.StartCoordinator(0).KillAsync();
        await _cluster.StartCoordinator(1).KillAsync();
        var first = _cluster.StartCoordinator(active);
        _cluster.StartWorker();
        await _cluster.AwaitWorkersAsync(1, Cancellation);
        _cluster.StartCoordinator(standby);

        await SubmitAndCompareAsync(first.KillAsync);
    }

    [Fact]
    public async Task AWorkerThatStandsStillForLongReportsLateAndNothingIsDoneTwiceInTheStore()
    {
        _cluster.StartCoordinator();
        var sleeper = _cluster.StartWorker();
        _cluster.StartWorker();

        await SubmitAndCompareAsync(async () =>
        {
            sleeper.Stop();
            await _cluster.AwaitRecordedAsync(Sweep, Points / 2, Cancellation);
            sleeper.Wake();
        });
    }

    [Fact]
    public async Task AWorkerThatIsToldToEndHandsItsPointsBackAndExitsWithZero()
    {
        _cluster.StartCoordinator();
        var leaver = _cluster.StartWorker();
        _cluster.StartWorker();

        await SubmitAndCompareAsync(async () => Assert.Equal(0, await leaver.TerminateAsync(Patience)));
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
        _cluster.StartCoordinator(0, "--checkpoint-interval", "500ms");
        var victim = _cluster.StartWorker();
        await _cluster.AwaitWorkersAsync(1, Cancellation);
        var submitting = SubmitAsync(sweep);
        var checkpoints = Path.Combine(_cluster.Root, Sweep, "checkpoints");
        using (var patience = new CancellationTokenSource(Patience))
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50)))
        {
            while (!Directory.Exists(checkpoints) || !Directory.EnumerateFiles(checkpoints, "*.snapshot").Any())
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
        }

        await victim.KillAsync();
        _cluster.StartWorker();

        Assert.Equal(0, (await submitting).ExitCode);
        Assert.Contains(_cluster.LogsOf("worker 2"), line => line.Contains("checkpoint", StringComparison.OrdinalIgnoreCase));
        await CompareAsync(sweep);
        Assert.False(Directory.Exists(checkpoints), "checkpoints outlived their point");
    }

    private async Task SubmitAndCompareAsync(Func<Task> disturb)
    {
        await _cluster.AwaitWorkersAsync(1, Cancellation);
        var submitting = SubmitAsync(Sweeps.Longer(Seeds));
        await _cluster.AwaitRecordedAsync(Sweep, 5, Cancellation);
        await disturb();
        var submitted = await submitting;

        Assert.True(submitted.ExitCode == 0, $"{submitted.Errors}\n{_cluster.Logs()}");
        await CompareAsync(Sweeps.Longer(Seeds));
    }

    private Task<Finished> SubmitAsync(string sweep) => Sparseprop.RunAsync(
        "submit", _folder.Write("sweep.yaml", sweep), "--wait", "--timeout", "100s", "--coordinator", _cluster.Addresses);

    private async Task CompareAsync(string sweep)
    {
        await UndisturbedRun.RunAsync(_folder.Write("sweep.yaml", sweep), _folder.In("undisturbed"), Cancellation);
        var comparison = StoreComparison.Of(_folder.In("undisturbed"), Path.Combine(_cluster.Root, Sweep));
        Assert.True(comparison.AreEqual, comparison.ToString());
        Assert.All(StoreReader.ReadAll(Path.Combine(_cluster.Root, Sweep)), record => Assert.Equal(PointStatus.Ok, record.Status));
    }
}
