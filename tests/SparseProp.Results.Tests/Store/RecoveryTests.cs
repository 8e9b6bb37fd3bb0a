using System.Diagnostics;
using System.Runtime;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

public sealed class RecoveryTests(ITestOutputHelper output)
{
    [Fact]
    public void OpeningAllocatesNoMoreForMoreRecords()
    {
        var few = AllocatedByOpening(60_000);
        var many = AllocatedByOpening(240_000);

        // A buffer for each results file, and a little for each part of the index.
        Assert.InRange(many - few, -1 << 20, 4 << 20);
    }

    // On a disk, which the index shares with the results: memory that holds files would count as neither.
    [Theory(Explicit = true)]
    [InlineData(1_000_000, 5, 10)]
    [InlineData(10_000_000, 50, 20)]
    public void ManyRecordsAreRecoveredInSecondsAndInLittleMemory(int count, int openingSeconds, int recordingSeconds)
    {
        using var files = new TemporaryStore(Path.GetTempPath());
        var filling = Stopwatch.StartNew();
        Fill(files, count);
        output.WriteLine($"{count} records written in {filling.Elapsed.TotalSeconds:F2} s");

        var (heap, resident) = Memory();
        var opening = Stopwatch.StartNew();
        using var store = files.Open();
        Assert.InRange(opening.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(openingSeconds));
        output.WriteLine($"opened in {opening.Elapsed.TotalSeconds:F2} s");
        Report("after opening", heap, resident);

        var recording = Stopwatch.StartNew();
        var longest = TimeSpan.Zero;
        for (var i = count; i < count + 1_000_000; i++)
        {
            var one = Stopwatch.GetTimestamp();
            store.Record(Sample.Ok(i));
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(one).Ticks));
        }

        recording.Stop();
        output.WriteLine($"a million more recorded in {recording.Elapsed.TotalSeconds:F2} s, longest {longest.TotalMilliseconds:F1} ms");
        Report("after recording", heap, resident);
        Assert.Equal(count + 1_000_000, store.RecordedCount);
        ReportFlushes(store, count + 1_000_000);
        Assert.InRange(recording.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(recordingSeconds));
    }

    // The disk also has to take the pages of the index.
    private void ReportFlushes(ResultStore store, int next)
    {
        var durations = new List<double>();
        for (var group = 0; group < 100; group++)
        {
            for (var i = 0; i < 1000; i++)
            {
                store.Record(Sample.Ok(next++));
            }

            var flushing = Stopwatch.GetTimestamp();
            store.Flush();
            durations.Add(Stopwatch.GetElapsedTime(flushing).TotalMilliseconds);
        }

        output.WriteLine($"100 flushes of 1000 records: mean {durations.Average():F1} ms, longest {durations.Max():F1} ms");
    }

    private static long AllocatedByOpening(int count)
    {
        using var files = new TemporaryStore();
        Fill(files, count);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var store = files.Open();
        Assert.Equal(count, store.RecordedCount);
        return GC.GetAllocatedBytesForCurrentThread() - before;
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
