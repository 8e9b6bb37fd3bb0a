using SparseProp.Results.Manifests;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

public sealed class ResultStoreTests : IDisposable
{
    private readonly TemporaryStore _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void WhatIsFlushedIsReadByOthersWhileTheStoreIsOpen()
    {
        using var store = _files.Open();
        store.Append(Sample.Ok(1));
        store.Append(Sample.Failed(2));
        store.Flush();

        Assert.Equal([Sample.Ok(1), Sample.Failed(2)], _files.Read());
    }

    [Fact]
    public void ClosingFlushes() => Assert.Equal([Sample.Ok(1)], _files.With(Sample.Ok(1)).Read());

    [Fact]
    public void AStoreKnowsItsPointsAfterReopening()
    {
        _files.With(Sample.Ok(1), Sample.Failed(2), Sample.Failed(3), Sample.Ok(3), Sample.Divergent(1));

        using var store = _files.Open();

        Assert.True(store.TryGet(Sample.KeyOf(1), out var ok));
        Assert.Equal(new RecordedPoint(PointStatus.Ok, Sample.Ok(1).Result!.Digest), ok);
        Assert.True(store.TryGet(Sample.KeyOf(2), out var failed));
        Assert.Equal(new RecordedPoint(PointStatus.Failed, default), failed);
        Assert.False(store.TryGet(Sample.KeyOf(4), out _));
        Assert.True(store.HasDivergent(Sample.KeyOf(1), Sample.Divergent(1).Result!.Digest));
        Assert.False(store.HasDivergent(Sample.KeyOf(3), Sample.Divergent(1).Result!.Digest));
        Assert.Equal((3, 2, 1, 1), (store.RecordedCount, store.OkCount, store.FailedCount, store.DivergentCount));
    }

    [Fact]
    public void OfSeveralRecordsTheFirstOkOneCountsElseTheLastFailedOne()
    {
        _files.With(Sample.Failed(1, 1), Sample.Failed(1, 2), Sample.Failed(2), Sample.Ok(2), Sample.Ok(2, digest: 9), Sample.Failed(2));

        Assert.Equal([Sample.Failed(1, 2), Sample.Ok(2)], _files.Read());
        Assert.Equal([Sample.Ok(2, digest: 9)], StoreReader.ReadDivergent(_files.Folder));
        Assert.Equal(6, StoreReader.ReadAll(_files.Folder).Count());
    }

    [Fact]
    public void ARepeatedDivergenceIsToldOnce()
    {
        _files.With(Sample.Ok(1), Sample.Divergent(1), Sample.Divergent(1), Sample.Divergent(1, digest: 9));

        Assert.Equal([Sample.Divergent(1), Sample.Divergent(1, digest: 9)], StoreReader.ReadDivergent(_files.Folder));
        Assert.Equal([Sample.Ok(1)], _files.Read());
    }

    [Fact]
    public void FullFilesAreFollowedByTheNext()
    {
        using (var store = _files.Open(new StoreOptions { SegmentBytes = 2000 }))
        {
            for (var i = 0; i < 20; i++)
            {
                store.Append(Sample.Ok(i));
            }
        }

        _files.With(Sample.Ok(20));

        Assert.Equal(Enumerable.Range(0, 21).Select(i => Sample.Ok(i)), _files.Read());
        var files = Directory.GetFiles(_files.Folder, "results-*");
        Assert.InRange(files.Length, 4, 8);
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 700, 2500));
    }

    [Fact]
    public void EveryOpeningThatRecordsBeginsAFileOfItsOwn()
    {
        _files.With(Sample.Ok(1)).With().With(Sample.Ok(2));

        Assert.Equal(
            [_files.Results(1), _files.Results(2001)],
            Directory.GetFiles(_files.Folder, "results-*").Order(StringComparer.Ordinal));
        Assert.Equal([Sample.Ok(1), Sample.Ok(2)], _files.Read());
    }

    [Fact]
    public void EveryOpeningIsAnEpochInTheManifest()
    {
        var changed = TemporaryStore.Identity with { SpecText = "name: scaling-lif\nmodel: qif\n", SpecHash = "0123", PointCount = 7 };
        _files.With(Sample.Ok(1));
        using (var store = ResultStore.Open(_files.Folder, changed))
        {
            Assert.Equal(2, store.Epoch);
        }

        var manifest = StoreReader.ReadManifest(_files.Folder);

        Assert.Equal(("scaling-lif", changed.SpecText, "0123"), (manifest.Sweep, manifest.SpecText, manifest.SpecHash));
        Assert.Equal((7, 2), (manifest.PointCount, manifest.Epoch));
        Assert.Equal([(1, "00ff"), (2, "0123")], manifest.Runs.Select(run => (run.Epoch, run.SpecHash)));
        Assert.Equivalent(TemporaryStore.Identity.Provenance, manifest.Runs[0].Provenance, strict: true);
        Assert.Equal(manifest.CreatedUtc, manifest.Runs[0].StartedUtc);
        Assert.InRange(DateTimeOffset.UtcNow - manifest.CreatedUtc, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void AProcessKnowsItsProvenance()
    {
        var tool = typeof(ResultStore).Assembly;

        var provenance = RunProvenance.Capture("sparseprop run x.yaml", tool, new Dictionary<string, string> { ["A"] = "1" });

        Assert.Equal("0.1.0", provenance.ToolVersion);
        Assert.Matches("^[0-9a-f]*$", provenance.Commit);
        Assert.NotEmpty(provenance.CpuModel);
        Assert.Contains("10.", provenance.Runtime, StringComparison.Ordinal);
        Assert.True(provenance.Cores > 0);
    }

    [Fact]
    public void ARecordOfALaterReleaseIsReportedAndKept()
    {
        _files.With(Sample.Ok(1), Sample.Ok(2));
        ReplaceInFile("window"u8, "galaxy"u8);

        Assert.Equal([Sample.Ok(2)], _files.ReadAround(out var damage));
        Assert.Contains("'galaxy' is none of window, heap; a later release", Assert.Single(damage).Message, StringComparison.Ordinal);
        using var store = _files.Open();
        Assert.True(store.TryGet(Sample.KeyOf(1), out _));
    }

    [Fact]
    public void AClosedStoreTakesNothing()
    {
        var store = _files.Open();
        store.Dispose();
        store.Dispose();

        Assert.Throws<ObjectDisposedException>(() => store.Append(Sample.Ok(1)));
        Assert.Throws<ObjectDisposedException>(store.Flush);
    }

    /// <summary>Changes the first such bytes of the first record and mends its checksum.</summary>
    private void ReplaceInFile(ReadOnlySpan<byte> old, ReadOnlySpan<byte> with)
    {
        var bytes = File.ReadAllBytes(_files.Results(1));
        Assert.True(Frame.TryRead(bytes, out var header));
        var record = bytes.AsSpan(Frame.HeadBytes + header);
        Assert.True(Frame.TryRead(record, out var length));
        with.CopyTo(record[record.IndexOf(old)..]);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(record[2..], Crc32C.Of(record.Slice(Frame.HeadBytes, length)));
        File.WriteAllBytes(_files.Results(1), bytes);
    }
}
