using SparseProp.Results.Export;
using SparseProp.Results.Store;
using SparseProp.Service.Api;

namespace SparseProp.Cluster.Tests.Api;

public sealed class StoreReadersTests
{
    [Fact(Timeout = Hang.Milliseconds)]
    public async Task StoresAreReadOneAtATimeAndWhoeverHasGoneIsNotWaitedFor()
    {
        using var readers = new StoreReaders(name => name);
        using var mayEnd = new ManualResetEventSlim();
        using var gone = new CancellationTokenSource();
        var cancellation = TestContext.Current.CancellationToken;
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = readers.ReadAsync("a", _ => Read(began, mayEnd), cancellation);
        await began.Task;
        var second = readers.ReadAsync<int>("b", _ => throw new InvalidOperationException("read for nobody"), gone.Token);
        var third = readers.ReadAsync("c", _ => 3, cancellation);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(third.IsCompleted);
        mayEnd.Set();

        Assert.Equal((1, 3), (await first, await third));
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task AReaderThatFailsMakesRoomForTheNext()
    {
        using var readers = new StoreReaders(name => name);
        var cancellation = TestContext.Current.CancellationToken;

        var failed = await Assert.ThrowsAsync<ApiException>(
            () => readers.ReadAsync<int>("a", _ => throw new StoreException("torn"), cancellation));

        Assert.Equal((500, "torn"), (failed.Problem.Status, failed.Problem.Detail));
        Assert.Equal(1, await readers.ReadAsync("b", _ => 1, cancellation));
    }

    [Fact]
    public void WhoeverHasGoneEndsTheReading()
    {
        using var store = new FilledStore([1, 2, 3], fails: _ => false, diverges: _ => false);
        var gone = new CancellationToken(canceled: true);
        var file = Path.Combine(store.Folder, "export");

        Assert.ThrowsAny<OperationCanceledException>(() => PointPage.Read(store.Folder, PointSelection.Recorded, -1, 10, gone));
        Assert.ThrowsAny<OperationCanceledException>(() => PointSearch.Find(store.Folder, default, gone));
        foreach (var format in Enum.GetValues<ExportFormat>())
        {
            Assert.ThrowsAny<OperationCanceledException>(() => PointExport.Write(store.Folder, file, format, cancellation: gone));
        }

        Assert.Empty(Directory.EnumerateFiles(store.Folder, "export*"));
    }

    private static int Read(TaskCompletionSource began, ManualResetEventSlim mayEnd)
    {
        began.SetResult();
        mayEnd.Wait();
        return 1;
    }
}
