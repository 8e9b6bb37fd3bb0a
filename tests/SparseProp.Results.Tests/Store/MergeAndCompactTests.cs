using CsCheck;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

public sealed class MergeAndCompactTests : IDisposable
{
    private readonly TemporaryStore _first = new();
    private readonly TemporaryStore _second = new();
    private readonly TemporaryStore _joined = new();

    private static readonly Gen<PointRecord[]> Histories = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 9])
        .Select((point, kind) => kind switch
        {
            0 => Sample.Failed(point),
            1 => Sample.Ok(point, digest: 9),
            _ => Sample.Ok(point),
        })
        .Array[0, 12];

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _joined.Dispose();
    }

    [Fact]
    public void AJoinedStoreHoldsWhatOneStoreWouldThatHadBeenToldEverything() => Gen.Select(Histories, Histories).Sample(
        (a, b) =>
        {
            using var first = new TemporaryStore();
            using var second = new TemporaryStore();
            using var joined = new TemporaryStore();
            using var told = new TemporaryStore();
            Tell(first, a);
            Tell(second, b);
            Tell(told, a.Concat(b));

            StoreMerge.Into(joined.Folder, [first.Folder, second.Folder], TemporaryStore.Identity.Provenance);

            Assert.Equal(
                told.Read().Select(r => (r.Key.Value, r.Status)).Order(), joined.Read().Select(r => (r.Key.Value, r.Status)).Order());
            Assert.Equal(
                StoreReader.ReadDivergent(told.Folder).Select(r => (r.Key.Value, r.Result!.Digest)).Order(),
                StoreReader.ReadDivergent(joined.Folder).Select(r => (r.Key.Value, r.Result!.Digest)).Order());
        },
        iter: 60);

    [Fact]
    public void StoresOfOtherSweepsAreNotJoined()
    {
        _first.With(Sample.Ok(1));
        using (ResultStore.Open(_second.Folder, TemporaryStore.Identity with { SpecHash = "other" }))
        {
        }

        var error = Assert.Throws<StoreException>(() =>
            StoreMerge.Into(_joined.Folder, [_first.Folder, _second.Folder], TemporaryStore.Identity.Provenance));

        Assert.Contains("different sweeps", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_joined.Folder, "manifest.msgpack")));
    }

    [Fact]
    public void AStoreIsNotJoinedIntoItself()
    {
        _first.With(Sample.Ok(1));

        Assert.Contains(
            "another folder",
            Assert.Throws<StoreException>(() =>
                StoreMerge.Into(_first.Folder, [_first.Folder], TemporaryStore.Identity.Provenance)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ACompactedStoreSaysTheSameWithoutWhatCountsForNothing() => Histories.Sample(
        history =>
        {
            using var store = new TemporaryStore();
            using var untouched = new TemporaryStore();
            store.With(history);
            untouched.With(history);
            using (var open = store.Open(new StoreOptions { SegmentBytes = 4000 }))
            {
                open.Compact();
                open.Append(Sample.Ok(77));
            }

            var needed = untouched.Read().Count + StoreReader.ReadDivergent(untouched.Folder).Count();
            Assert.Equal(needed + 1, StoreReader.ReadAll(store.Folder).Count());

            Assert.Equal(untouched.Read().Append(Sample.Ok(77)), store.Read());
            Assert.Equal(StoreReader.ReadDivergent(untouched.Folder), StoreReader.ReadDivergent(store.Folder));
            using (var again = store.Open())
            {
                Assert.Equal(untouched.Read().Count + 1, again.RecordedCount);
            }
        },
        iter: 60);

    [Fact]
    public void DamageIsNotCompactedAway()
    {
        _first.With(Sample.Ok(1), Sample.Ok(2), Sample.Ok(3));
        var bytes = File.ReadAllBytes(_first.Results(1));
        bytes[^700] ^= 1;
        File.WriteAllBytes(_first.Results(1), bytes);

        using var store = _first.Open();

        Assert.Throws<StoreException>(() => store.Compact());
        Assert.Equal(bytes, File.ReadAllBytes(_first.Results(1) + ResultStore.DamagedSuffix));
    }

    // As the coordinator does.
    private static void Tell(TemporaryStore files, IEnumerable<PointRecord> records)
    {
        using var store = files.Open();
        foreach (var record in records.Where(r => r.Status != PointStatus.Failed || !store.TryGet(r.Key, out _)))
        {
            store.Record(record);
        }
    }
}
