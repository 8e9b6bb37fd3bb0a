using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Workers;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class WorkerBenchTests : IDisposable
{
    private readonly WorkerBench _bench = new(new WorkerOptions { Slots = 2, MemoryBytes = 1 << 30 }, TimeProvider.System);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void ABenchHasOneUserAtATime()
    {
        Action first = () => { };
        Action second = () => { };
        _bench.Attach(first);
        Assert.Throws<InvalidOperationException>(() => _bench.Attach(second));

        _bench.Detach(second);
        Assert.Throws<InvalidOperationException>(() => _bench.Attach(second));
        _bench.Detach(first);
        _bench.Attach(second);
    }

    [Fact]
    public async Task NothingIsLostOrDoubledHoweverOftenTheUserChanges()
    {
        const int points = 300;
        _bench.Desk.Add(Grants.Of(new Lease(1, 1), [.. Enumerable.Range(0, points).Select(index => (long)index)]));
        var finished = new List<long>();
        using var woken = new SemaphoreSlim(0);
        while (finished.Count < points)
        {
            Action wake = () => woken.Release();
            _bench.Attach(wake);
            if (!Work(finished) && _bench.Desk.Busy > 0 && !await woken.WaitAsync(Hang.After, TestContext.Current.CancellationToken))
            {
                Assert.Fail($"After {finished.Count} points nobody was woken.");
            }

            _bench.Detach(wake);
        }

        Assert.Equal(Enumerable.Range(0, points).Select(index => (long)index), finished.Order());
    }

    [Fact]
    public async Task DisposingStopsWhatRuns()
    {
        _bench.Desk.Add(new WorkProtocol.WorkGranted(
            1, new Lease(1, 1), Grants.Sweep, CheckpointSeconds: 0, [Grants.Point(0, Grants.Endless(0))]));
        Assert.False(Work([]));

        await Task.Run(_bench.Dispose, TestContext.Current.CancellationToken)
            .WaitAsync(Hang.After, TestContext.Current.CancellationToken);
    }

    /// <summary>Takes what there is and starts what can be; whether there was anything.</summary>
    private bool Work(List<long> finished)
    {
        var any = false;
        while (_bench.TryTake(out var notice))
        {
            var end = Assert.IsType<EngineNotice.Finished>(notice);
            Assert.NotNull(_bench.Desk.Finish(end.Slot, end.Record, TimeSpan.Zero));
            finished.Add(end.Record.Index);
            any = true;
        }

        while (_bench.Desk.TryStart(out var slot, out _))
        {
            _bench.Start(slot, checkpoint: null);
        }

        return any;
    }
}
