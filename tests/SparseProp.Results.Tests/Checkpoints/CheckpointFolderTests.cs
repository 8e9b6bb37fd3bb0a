using SparseProp.Engine;
using SparseProp.Results.Checkpoints;
using SparseProp.Results.Store;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private static readonly PointKey One = Sample.KeyOf(1);
    private static readonly PointKey Two = Sample.KeyOf(2);

    private readonly TemporaryStore _files = new();
    private readonly CheckpointFolder _checkpoints;

    public CheckpointFolderTests() => _checkpoints = new CheckpointFolder(_files.Folder, "7");

    private string Folder => Path.Combine(_files.Folder, "checkpoints");

    public void Dispose() => _files.Dispose();

    [Fact]
    public void ASnapshotThatCameInPartsIsReadInParts()
    {
        using var upload = _checkpoints.Begin(One, 3, 5);
        upload.Write(0, [1, 2]);
        upload.Write(2, [3, 4, 5]);
        Assert.False(_checkpoints.TryFind(One, out _));
        upload.Complete();

        Assert.True(_checkpoints.TryFind(One, out var found));
        Assert.Equal(new Checkpoint(3, 5), found);
        Assert.Equal([1, 2, 3, 4], Read(_checkpoints, One, 3, 0, 4));
        Assert.Equal([5], Read(_checkpoints, One, 3, 4, 4));
        Assert.Empty(Read(_checkpoints, One, 3, 5, 4));
        Assert.Equal([$"{One}.3.7.snapshot"], Names());
    }

    [Fact]
    public void ALaterGenerationReplacesTheEarlier()
    {
        Put(One, 1, 10);
        Put(Two, 1, 11);
        Put(One, 2, 12);

        Assert.Equal([(One, new Checkpoint(2, 1)), (Two, new Checkpoint(1, 1))], _checkpoints.All.OrderBy(entry => entry.Key.Value));
        Assert.Equal([12], Read(_checkpoints, One, 2, 0, 1));
        Assert.Throws<StoreException>(() => Read(_checkpoints, One, 1, 0, 1));
        Assert.Equal([$"{One}.2.7.snapshot", $"{Two}.1.7.snapshot"], Names());
    }

    [Fact]
    public void AnEarlierGenerationThatArrivesLateIsDropped()
    {
        using var late = _checkpoints.Begin(One, 1, 1);
        late.Write(0, [10]);
        Put(One, 2, 12);
        late.Complete();

        Assert.Equal([(One, new Checkpoint(2, 1))], _checkpoints.All);
        Assert.Equal([$"{One}.2.7.snapshot"], Names());
    }

    [Fact]
    public void TheSameGenerationMayComeTwiceAtOnce()
    {
        using var abandoned = _checkpoints.Begin(One, 1, 1);
        Put(One, 1, 10);
        abandoned.Write(0, [10]);
        abandoned.Complete();

        Assert.Equal([10], Read(_checkpoints, One, 1, 0, 9));
        Assert.Equal([$"{One}.1.7.snapshot"], Names());
    }

    [Fact]
    public void ARepeatedPartIsIgnoredAndOneThatOverlapsGivesWhatIsNew()
    {
        using var upload = _checkpoints.Begin(One, 1, 5);
        upload.Write(0, [1, 2, 3]);
        upload.Write(0, [9, 9]);
        upload.Write(1, [9, 9, 4]);
        Assert.Equal(4, upload.Written);
        upload.Write(4, [5]);
        upload.Write(0, []);
        upload.Complete();

        Assert.Equal([1, 2, 3, 4, 5], Read(_checkpoints, One, 1, 0, 9));
    }

    [Fact]
    public void AGapAndTooManyBytesAreRefusedAndTheUploadGoesOn()
    {
        using var upload = _checkpoints.Begin(One, 1, 2);

        var gap = Assert.Throws<ArgumentException>(() => upload.Write(1, [2]));
        Assert.Contains("the next one begins at 0", gap.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => upload.Write(0, [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => upload.Write(2, [3]));
        Assert.Contains("only 0 of 2 bytes", Assert.Throws<InvalidOperationException>(upload.Complete).Message, StringComparison.Ordinal);
        upload.Write(0, [1, 2]);
        upload.Complete();

        Assert.Equal([1, 2], Read(_checkpoints, One, 1, 0, 9));
    }

    [Fact]
    public void AnUploadThatIsGivenUpLeavesNothing()
    {
        var upload = _checkpoints.Begin(One, 1, 2);
        upload.Write(0, [1]);
        Assert.NotEmpty(Names());
        upload.Dispose();
        upload.Dispose();

        Assert.False(Directory.Exists(Folder));
        Assert.Throws<ObjectDisposedException>(() => upload.Write(1, [2]));
        Assert.Throws<ObjectDisposedException>(upload.Complete);
    }

    [Fact]
    public void TheFolderIsThereOnlyWhileItHoldsSomething()
    {
        Assert.False(Directory.Exists(Folder));
        _checkpoints.Remove(One);
        Put(One, 1, 10);
        var upload = _checkpoints.Begin(Two, 1, 2);
        _checkpoints.Remove(One);
        Assert.True(Directory.Exists(Folder));
        upload.Dispose();
        Assert.False(Directory.Exists(Folder));
        Put(One, 2, 10);
        Assert.True(Directory.Exists(Folder));
        _checkpoints.Remove(One);

        Assert.False(Directory.Exists(Folder));
        Assert.False(_checkpoints.TryFind(One, out _));
    }

    [Fact]
    public void WhatACrashLeavesIsTidiedAtTheNextOpeningAndForeignFilesStay()
    {
        Put(One, 10, 10);
        Put(Two, 1, 11);
        File.WriteAllBytes(Path.Combine(Folder, $"{One}.9.snapshot"), [9]);
        File.WriteAllBytes(Path.Combine(Folder, $"{One}.11.1.part"), [9]);
        string[] foreign =
            ["notes.txt", $"{One}.snapshot", $"{One}.007.snapshot", $"{One}.-1.snapshot", $"{One}.1.2.3.snapshot", $"{One}.1..snapshot", "x.1.snapshot", $"{One}_1.snapshot"];
        Array.ForEach(foreign, name => File.WriteAllText(Path.Combine(Folder, name), ""));

        var next = new CheckpointFolder(_files.Folder, "7");

        Assert.Equal([(One, new Checkpoint(10, 1)), (Two, new Checkpoint(1, 1))], next.All.OrderBy(entry => entry.Key.Value));
        Assert.Equal(
            foreign.Append($"{One}.10.7.snapshot").Append($"{Two}.1.7.snapshot").Order(StringComparer.Ordinal),
            Names());
    }

    [Fact]
    public void WhoTakesTheFolderGoesOnFromTheLatestSnapshotWhoeverWroteIt()
    {
        Put(One, 10, 10);
        Put(Two, 1, 11);
        File.WriteAllBytes(Path.Combine(Folder, $"{One}.9.6.snapshot"), [9]);
        File.WriteAllBytes(Path.Combine(Folder, $"{Two}.2.snapshot"), [2]);

        var next = new CheckpointFolder(_files.Folder, "c8");

        Assert.Equal([$"{One}.10.c8.snapshot", $"{Two}.2.c8.snapshot"], Names());
        Assert.Equal([10], Read(next, One, 10, 0, 9));
        Assert.Equal([2], Read(next, Two, 2, 0, 9));
    }

    [Fact]
    public void AFormerOwnerThatGoesOnTouchesNothingOfItsSuccessor()
    {
        Put(One, 10, 10);
        Put(Two, 5, 11);
        using var late = _checkpoints.Begin(Two, 6, 1);
        var next = new CheckpointFolder(_files.Folder, "8");

        // The same generation, a later one, and the end of a point.
        Put(One, 10, 99);
        Put(One, 11, 99);
        _checkpoints.Remove(Two);

        Assert.Equal([10], Read(next, One, 10, 0, 9));
        Assert.Equal([11], Read(next, Two, 5, 0, 9));
        Assert.Equal([(One, new Checkpoint(10, 1)), (Two, new Checkpoint(5, 1))], next.All.OrderBy(entry => entry.Key.Value));
        next.Remove(One);
        Assert.Contains($"{Two}.5.8.snapshot", Names());
        Assert.DoesNotContain($"{One}.10.8.snapshot", Names());
    }

    [Fact]
    public void AnEmptySnapshotIsOne()
    {
        using var upload = _checkpoints.Begin(One, 0, 0);
        upload.Complete();

        Assert.Equal([(One, default)], new CheckpointFolder(_files.Folder, "7").All);
    }

    [Fact]
    public void CheckpointsAheadOfTheManifestDoNotMakeTheStoreForeign()
    {
        Put(One, 1, 10);

        _files.Open().Dispose();
    }

    [Fact]
    public async Task AFullDiskLeavesTheOlderGenerationAsItIs()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var disk = await SmallDisk.MountAsync(_files.Folder, "64k", cancellation);
        Put(One, 1, 10);

        AssertFull(() => _checkpoints.Begin(One, 2, 1 << 20));
        Assert.Equal([$"{One}.1.7.snapshot"], Names());
        Assert.Equal([10], Read(_checkpoints, One, 1, 0, 9));
        using (var upload = _checkpoints.Begin(One, 3, 4096))
        {
            upload.Write(0, new byte[4096]);
            upload.Complete();
        }

        Assert.Equal([(One, new Checkpoint(3, 4096))], _checkpoints.All);
    }

    [Fact]
    public async Task ADiskThatIsFullBeforeTheFirstCheckpointLeavesNoFolder()
    {
        await using var disk = await SmallDisk.MountAsync(_files.Folder, "64k", TestContext.Current.CancellationToken);

        AssertFull(() => _checkpoints.Begin(One, 2, 1 << 20));

        Assert.False(Directory.Exists(Folder));
    }

    private static byte[] Read(CheckpointFolder checkpoints, PointKey key, long generation, long offset, int length)
    {
        var bytes = new byte[length];
        return bytes[..checkpoints.Read(key, generation, offset, bytes)];
    }

    private void AssertFull(Action act)
    {
        var error = Assert.Throws<StoreException>(act);
        Assert.Contains(Folder, error.Message, StringComparison.Ordinal);
        Assert.Contains("make room on the disk", error.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(error.InnerException, exactMatch: false);
    }

    private void Put(PointKey key, long generation, byte content)
    {
        using var upload = _checkpoints.Begin(key, generation, 1);
        upload.Write(0, [content]);
        upload.Complete();
    }

    private string[] Names() => [.. Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
