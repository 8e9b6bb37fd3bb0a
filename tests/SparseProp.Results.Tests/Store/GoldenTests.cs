using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

/// <summary>
/// The format only grows: stores of the first version are read for ever, and today's are written the same byte for byte. Where fields
/// are added, the folder Today is made anew and First stays.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string First = Path.Combine(AppContext.BaseDirectory, "Golden", "First");
    private static readonly string Today = Path.Combine(AppContext.BaseDirectory, "Golden", "Today");
    private static readonly PointRecord[] Written = [Sample.Ok(1), Sample.Failed(2), Sample.Ok(3), Sample.Divergent(1), Sample.Ok(2)];

    [Fact]
    public void TheFirstVersionsStoreIsRead()
    {
        Assert.Equal(Written, StoreReader.ReadAll(First, damage => Assert.Fail(damage.Message)));
        Assert.Equal([Sample.Ok(1), Sample.Ok(3), Sample.Ok(2)], StoreReader.Read(First));
        Assert.Equal([Sample.Divergent(1)], StoreReader.ReadDivergent(First));
        var manifest = StoreReader.ReadManifest(First);
        Assert.Equal(("scaling-lif", 100, 1, Sample.Noon), (manifest.Sweep, manifest.PointCount, manifest.Epoch, manifest.CreatedUtc));
        Assert.Equivalent(TemporaryStore.Identity.Provenance, Assert.Single(manifest.Runs).Provenance, strict: true);
    }

    [Fact]
    public void TheSameStoreIsWrittenAgain()
    {
        using var files = new TemporaryStore();
        using (var store = files.Open(new StoreOptions { Time = new StoppedClock() }))
        {
            Array.ForEach(Written, store.Append);
        }

        Assert.Equal(File.ReadAllBytes(Path.Combine(Today, "results-000001.msgpack")), File.ReadAllBytes(files.Results(1)));
        Assert.Equal(File.ReadAllBytes(Path.Combine(Today, "manifest.msgpack")), File.ReadAllBytes(files.Manifest));
    }

    [Fact]
    public void ARecordHasTheseBytes() =>
        Assert.Equal(
            "DE002700C4100000000000ABCDEF000000000000000201A26F6B02C41000000000000000070000000000000002030204A36C696605CD03E8"
            + "066407CB3FF000000000000008CB3FF000000000000009CB3F847AE147AE147B0ACB00000000000000000BCB3FB999999999999A0C020D01"
            + "0EAB696E646570656E64656E740FA677696E646F7710B17370696B65735F7065725F6E6575726F6E11CB403400000000000012B17370696B"
            + "65735F7065725F6E6575726F6E13CB401400000000000014CD4E2215CB403480000000000016CB3FEF381D7DBF488017CB3FE6B851EB851E"
            + "B818CD03E619CE001E85481ACB407A0800000000001BCB3FD00000000000001CCB3FB00000000000001DCB3FC00000000000001EA66E6F64"
            + "652D311FC2200224CF0000019CA94511D0250126CB000000000000000027CB3FF00000000000"
            + "00280029A7726174652C6376",
            Convert.ToHexString(PointRecordFormat.Serialize(Sample.Ok(2))));

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Sample.Noon;
    }
}
