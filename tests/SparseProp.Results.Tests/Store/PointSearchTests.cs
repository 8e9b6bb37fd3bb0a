using SparseProp.Engine;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

public sealed class PointSearchTests
{
    [Fact]
    public void APointIsFoundByIndexKeyOrTheBeginningOfItsKey()
    {
        var other = Sample.Ok(7) with { Key = new PointKey((UInt128)0x12 << 120) };
        using var store = new TemporaryStore().With(Sample.Failed(1), Sample.Ok(1), Sample.Ok(2), other);

        Assert.Equal([Sample.Ok(1)], PointSearch.Find(store.Folder, "1"));
        Assert.Equal([Sample.Ok(2)], PointSearch.Find(store.Folder, Sample.KeyOf(2).ToString().ToUpperInvariant()));
        Assert.Equal([other], PointSearch.Find(store.Folder, "12"));
        Assert.Equal([Sample.Ok(1), Sample.Ok(2)], PointSearch.Find(store.Folder, "00"));
        Assert.Empty(PointSearch.Find(store.Folder, "ff"));
        Assert.Empty(PointSearch.Find(store.Folder, "9999999999999999999999"));
    }

    [Fact]
    public void AChangedSweepFileMayHaveNumberedTwoPointsAlike()
    {
        var renumbered = Sample.Ok(2) with { Index = 1 };
        using var store = new TemporaryStore().With(Sample.Ok(1), renumbered);

        Assert.Equal([Sample.Ok(1), renumbered], PointSearch.Find(store.Folder, "1"));
    }

    [Fact]
    public void NoMoreAreFoundThanAUserCanReadThrough()
    {
        using var store = new TemporaryStore().With(Enumerable.Range(0, 30).Select(number => Sample.Ok(number)));

        Assert.Equal(PointSearch.Most, PointSearch.Find(store.Folder, "").Count);
    }
}
