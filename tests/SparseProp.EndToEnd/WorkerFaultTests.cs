namespace SparseProp.EndToEnd;

/// <summary>What happens to workers, beyond being killed between two points.</summary>
public sealed class WorkerFaultTests(UndisturbedStores undisturbed) : IAsyncDisposable
{
    private const int Seeds = 30;
    private const int Points = 2 * Seeds;

    private readonly SweptCluster _swept = SweptCluster.OnLoopback(undisturbed);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _swept.DisposeAsync();

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

        await _swept.RunAsync(Seeds, async () => Assert.Equal(0, await leaver.TerminateAsync(Hang.After)));
    }

    [Fact]
    public async Task ALongPointGoesOnFromItsCheckpointOnAnotherWorker()
    {
        const string sweep = """
            name: longer
            model: lif
            fixed: { n: 100000, k: 100 }
            stop: { spikes: 8000000 }
            """;
        _swept.Nodes.StartCoordinator(0, "--checkpoint-interval", "200ms");
        var victim = _swept.Nodes.StartWorker();
        await _swept.Nodes.AwaitWorkersAsync(1, Cancellation);
        var submitting = _swept.SubmitAsync(sweep);
        var checkpoints = Path.Combine(_swept.Store, "checkpoints");
        using (var patience = new CancellationTokenSource(Hang.After))
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50)))
        {
            while (!Directory.Exists(checkpoints) || !Directory.EnumerateFiles(checkpoints, "*.snapshot").Any())
            {
                Assert.False(submitting.IsCompleted, "the point was over before it had a checkpoint");
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
