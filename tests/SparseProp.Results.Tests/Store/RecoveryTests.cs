using System.Diagnostics;
using System.Runtime;

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

    // On a disk, which the index shares with the results: memory that holds files would count as neither.
    [Theory(Explicit = true)]
    [InlineData(1_000_000, 5)]
    [InlineData(10_000_000, 100)]
    public void ManyRecordsAreRecoveredInSecondsAndInLittleMemory(int count, int seconds)
    {
        using var files = new TemporaryStore(Path.GetTempPath());
        var filling = Stopwatch.StartNew();
        Fill(files, count);
        output.WriteLine($"{count} records written in {filling.Elapsed.TotalSeconds:F2} s");

        var (heap, resident) = Memory();
        var opening = Stopwatch.StartNew();
        using var store = files.Open();
        Assert.InRange(opening.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(seconds));
        output.WriteLine($"opened in {opening.Elapsed.TotalSeconds:F2} s");
        Report("after opening", heap, resident);

        var recording = Stopwatch.StartNew();
        var longest = TimeSpan.Zero;
        for (var i = count; i < 2 * count; i++)
        {
            var one = Stopwatch.GetTimestamp();
            store.Record(Sample.Ok(i));
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(one).Ticks));
        }

        output.WriteLine(
            $"as many recorded in {recording.Elapsed.TotalSeconds:F2} s, {recording.Elapsed.TotalMicroseconds / count:F2} us each, "
            + $"longest {longest.TotalMilliseconds:F1} ms");
        Report("after recording", heap, resident);

        Assert.Equal(2 * count, store.RecordedCount);
    }

    private static void Fill(TemporaryStore files, int count)
    {
        using var store = files.Open();
        for (var i = 0; i < count; i++)
        {
            store.Append(Sample.Ok(i));
        }
    }

    private void Report(string when, long heap, long resident)
    {
        var (heapNow, residentNow) = Memory();
        output.WriteLine($"{when}: heap +{(heapNow - heap) / 1e6:F1} MB, working set +{(residentNow - resident) / 1e6:F1} MB");
    }

    private static (long Heap, long Resident) Memory()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: false), process.WorkingSet64);
    }
}
