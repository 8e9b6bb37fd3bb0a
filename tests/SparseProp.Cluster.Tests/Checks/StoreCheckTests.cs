using SparseProp.Cluster.Tests.Api;
using SparseProp.Execution.Checks;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Cluster.Tests.Checks;

public sealed class StoreCheckTests : IDisposable
{
    private readonly SmallStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void AWholeStoreIsSoundAndItsPointsRepeat()
    {
        var check = Check();

        Assert.True(check.IsSound);
        Assert.Equal((4, 3, 1, 0, 3), (check.Points, check.Recorded, check.Failed, check.Missing, check.Simulated));
    }

    [Fact]
    public void ARecordThatClaimsOtherSpikesIsFound()
    {
        Change(record => record with { Result = record.Result! with { Digest = 5 } });

        Assert.Contains("other spikes", Assert.Single(Check().Unequal), StringComparison.Ordinal);
        Assert.False(Check().IsSound);
        Assert.True(Check(sample: 0).IsSound);
    }

    [Fact]
    public void ARecordThatClaimsAnotherStatisticIsFound()
    {
        Change(record => record with { Result = record.Result! with { RateHz = 5 } });

        Assert.Contains("other statistics", Assert.Single(Check().Unequal), StringComparison.Ordinal);
    }

    [Fact]
    public void ARecordUnderAnothersKeyIsFound()
    {
        Change(record => record with { Parameters = record.Parameters with { J0 = 2 } });
        var check = Check();

        Assert.Single(check.WrongKeys);
        Assert.Equal((1, 1), (check.Missing, check.Others));
        Assert.False(check.IsSound);
    }

    [Fact]
    public void DamageAndWhatItHeldAreFound()
    {
        var path = Path.Combine(_store.Folder, "results-000001.msgpack");
        var bytes = File.ReadAllBytes(path);
        bytes[^900] ^= 1;
        File.WriteAllBytes(path, bytes);
        var check = Check();

        Assert.Single(check.Damage);
        Assert.Equal(1, check.Missing);
        Assert.False(check.IsSound);
        Assert.False(check.IsSoundSoFar);
    }

    [Fact]
    public void WhatIsStillToComeIsNoFaultOfAStoreThatGoesOn()
    {
        Change(first => first, count: 2);

        var check = Check();

        Assert.True(check.Missing > 0);
        Assert.False(check.IsSound);
        Assert.True(check.IsSoundSoFar);
    }

    private StoreCheck Check(int sample = 10) => StoreCheck.Of(_store.Folder, sample, seed: 1, TestContext.Current.CancellationToken);

    // The store with its first record changed, and no more than so many records.
    private void Change(Func<PointRecord, PointRecord> change, int count = int.MaxValue)
    {
        var manifest = StoreReader.ReadManifest(_store.Folder);
        var records = StoreReader.Read(_store.Folder).ToList();
        foreach (var file in Directory.GetFiles(_store.Folder, "results-*"))
        {
            File.Delete(file);
        }

        using var store = ResultStore.Open(_store.Folder, new StoreIdentity
        {
            Sweep = manifest.Sweep,
            SpecText = manifest.SpecText,
            SpecHash = manifest.SpecHash,
            PointCount = manifest.PointCount,
            Provenance = manifest.Runs[0].Provenance,
        });
        records[0] = change(records[0]);
        records.Take(count).ToList().ForEach(store.Append);
    }
}
