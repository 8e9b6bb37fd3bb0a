using System.Numerics;
using CsCheck;
using SparseProp.Results.Index;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Index;

public sealed class PointTableTests : IDisposable
{
    // Three entries each, so that hundreds of points divide many of them and overfill some.
    private const int PageBytes = 128;

    private static readonly Gen<PointWords> Keys = Gen.OneOf(
        Gen.Select(Gen.ULong[0, 3], Gen.ULong[0, 100], (high, low) => new PointWords(high, low)),
        Gen.ULong[0, 20].Select(SameHash));

    private static readonly Gen<PointEntry> Entries = Gen.Select(
        Gen.ULong, Gen.ULong, Gen.Enum<PointStatus>(), (high, low, status) => new PointEntry(new PointWords(high, low), status));

    private readonly TemporaryStore _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void ItHoldsWhatADictionaryHolds()
    {
        var sizes = Gen.Select(Gen.OneOf(0, 1, 10, 1000), Gen.OneOf(0L, 10L, 100L, 1000L));
        Gen.Select(sizes, Gen.Select(Keys, Entries).Array[0, 400], Keys.Array[20]).Sample(
            (size, sets, others) =>
            {
                using var table = new PointTable(_files.Folder, size.Item1, PageBytes);
                table.Expect(size.Item2);
                var model = new Dictionary<PointWords, PointEntry>();
                foreach (var (key, entry) in sets)
                {
                    Assert.Equal(model.TryGetValue(key, out var expected), table.TryGet(key, out var known));
                    Assert.Equal(expected, known);
                    table.Set(key, entry);
                    model[key] = entry;
                }

                Assert.All(model.Keys.Concat(others), key =>
                {
                    Assert.Equal(model.TryGetValue(key, out var expected), table.TryGet(key, out var known));
                    Assert.Equal(expected, known);
                });
            },
            iter: 300);
    }

    [Fact]
    public void ItHasAsManyBucketsAsItsEntriesNeed()
    {
        using var table = new PagedTable(_files.Folder, PageBytes, expected: 0);
        var buckets = new HashSet<int>();
        for (var i = 0UL; i < 5000; i++)
        {
            var key = new PointWords(0, i);
            table.Set(key, default);
            buckets.Add(table.BucketOf(key));
        }

        // 5000 entries at just above half full, three to a page.
        Assert.InRange(buckets.Max(), 2500, 3100);
        Assert.InRange(buckets.Count, 1500, buckets.Max() + 1);
    }

    [Fact]
    public void KeysThatAllBelongInOnePlaceAreFound()
    {
        using var table = new PointTable(_files.Folder, memoryPoints: 0, PageBytes);
        for (var i = 0UL; i < 200; i++)
        {
            table.Set(SameHash(i), new PointEntry(new PointWords(0, i), PointStatus.Ok));
        }

        Assert.Single(Enumerable.Range(0, 200).Select(i => PagedTable.HashOf(SameHash((ulong)i))).Distinct());
        for (var i = 0UL; i < 200; i++)
        {
            Assert.True(table.TryGet(SameHash(i), out var entry));
            Assert.Equal(i, entry.Value.Low);
        }
    }

    [Fact]
    public void ItsFilesHaveNoNamesWhereTheSystemAllowsThat()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files that are open have names on Windows");
        using var table = new PointTable(_files.Folder, memoryPoints: 0);
        table.Set(default, default);

        Assert.Empty(Directory.GetFileSystemEntries(_files.Folder));
    }

    [Fact]
    public void WhereTheFolderCannotBeWrittenItIsAmongTheTemporaryFiles()
    {
        using var table = new PointTable(Path.Combine(_files.Folder, "absent"), memoryPoints: 0);
        table.Set(default, new PointEntry(new PointWords(1, 2), PointStatus.Failed));

        Assert.True(table.TryGet(default, out var entry));
        Assert.Equal(new PointEntry(new PointWords(1, 2), PointStatus.Failed), entry);
    }

    [Fact]
    public async Task AFullDiskIsToldAndNothingIsBelievedAnyMore()
    {
        await using var disk = await SmallDisk.MountAsync(_files.Folder, "64k", TestContext.Current.CancellationToken);
        using var table = new PointTable(_files.Folder, memoryPoints: 0);

        var error = Assert.Throws<StoreException>(() =>
        {
            for (var i = 0UL; i < 100_000; i++)
            {
                table.Set(new PointWords(i, i), default);
            }
        });

        Assert.Contains(_files.Folder, error.Message, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => table.TryGet(default, out _));
        Assert.Throws<StoreException>(() => table.Set(default, default));
    }

    [Fact]
    public void WhatAKilledProcessLeavesDoesNotMakeTheFolderForeign()
    {
        File.WriteAllText(Path.Combine(_files.Folder, "index-0123.tmp"), "");

        Assert.Equal([Sample.Ok(1)], _files.With(Sample.Ok(1)).Read());
    }

    private static PointWords SameHash(ulong i) => new(i, BitOperations.RotateLeft(i, 32));
}
