using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

public sealed class FullDiskTests
{
    [Fact]
    public async Task AFullDiskLosesNothingThatWasFlushedAndLeavesNothingHalfWritten()
    {
        using var files = new TemporaryStore();
        var cancellation = TestContext.Current.CancellationToken;
        await using var disk = await SmallDisk.MountAsync(files.Folder, "64k", cancellation);
        var flushed = FillDisk(files);

        Assert.Equal(flushed, files.Read());
        await disk.ResizeAsync("1m", cancellation);
        using var store = files.Open();
        Assert.Equal((flushed.Count, null), (store.RecordedCount, store.TornTail));
    }

    /// <summary>Writes until it fails, ten records at a time; returns those that were flushed.</summary>
    private static List<PointRecord> FillDisk(TemporaryStore files)
    {
        var flushed = new List<PointRecord>();
        using var store = files.Open(new StoreOptions { BufferBytes = 1000 });
        var error = Assert.Throws<StoreException>(() =>
        {
            while (flushed.Count < 1000)
            {
                var group = Enumerable.Range(flushed.Count, 10).Select(i => Sample.Ok(i)).ToList();
                group.ForEach(store.Append);
                store.Flush();
                flushed.AddRange(group);
            }
        });

        Assert.Contains(files.Folder, error.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(error.InnerException, exactMatch: false);
        Assert.Throws<StoreException>(store.Flush);
        Assert.Throws<StoreException>(() => store.Append(Sample.Ok(1)));
        Assert.NotEmpty(flushed);
        return flushed;
    }
}
