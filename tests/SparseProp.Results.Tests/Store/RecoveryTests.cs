using System.Diagnostics;

namespace SparseProp.Results.Tests.Store;

public sealed class RecoveryTests(ITestOutputHelper output)
{
    [Fact]
    public void OpeningAllocatesLittleMoreThanTheIndex()
    {
        using var files = new TemporaryStore();
        Fill(files, 50_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        using var store = files.Open();
        var perRecord = (GC.GetAllocatedBytesForCurrentThread() - before) / 50_000.0;

        Assert.Equal(50_000, store.RecordedCount);
        Assert.InRange(perRecord, 30, 100);
    }

    [Fact(Explicit = true)]
    public void AMillionRecordsAreRecoveredInTenSeconds()
    {
        using var files = new TemporaryStore();
        var writing = Stopwatch.StartNew();
        Fill(files, 1_000_000);
        output.WriteLine($"written in {writing.Elapsed.TotalSeconds:F2} s");

        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var opening = Stopwatch.StartNew();
        using var store = files.Open();
        output.WriteLine($"opened in {opening.Elapsed.TotalSeconds:F2} s, {(GC.GetTotalMemory(true) - memory) / 1e6:F0} MB");
        Assert.InRange(opening.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));

        var reading = Stopwatch.StartNew();
        Assert.Equal(1_000_000, StoreReader.Read(files.Folder).Count());
        var bytes = Directory.GetFiles(files.Folder).Sum(file => new FileInfo(file).Length);
        output.WriteLine($"read in {reading.Elapsed.TotalSeconds:F2} s, {bytes / 1e6:F0} bytes each");
    }

    private static void Fill(TemporaryStore files, int count)
    {
        using var store = files.Open();
        for (var i = 0; i < count; i++)
        {
            store.Append(Sample.Ok(i));
        }
    }
}
