using SparseProp.Results.Manifests;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

/// <summary>What a former writer does after its successor has opened the store, as it can where a file system has no locks.</summary>
public sealed class LateWriterTests : IDisposable
{
    private static readonly PointRecord[] Former = [Sample.Ok(1), Sample.Failed(2)];

    private readonly TemporaryStore _files = new TemporaryStore().With(Former);
    private readonly byte[] _record;

    public LateWriterTests()
    {
        using var other = new TemporaryStore().With(Sample.Ok(99));
        _record = File.ReadAllBytes(other.Results(1));
    }

    public void Dispose() => _files.Dispose();

    // A whole record and a part of the next one, of which any part may have come to the disk.
    private ReadOnlySpan<byte> Late => (byte[])[.. _record.AsSpan(HeaderBytes), .. _record.AsSpan(HeaderBytes, 100)];

    private int HeaderBytes
    {
        get
        {
            Assert.True(Frame.TryRead(_record, out var length));
            return Frame.HeadBytes + length;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhateverItAppendsIsNeitherReadNorDamage(bool successorHasRecorded)
    {
        for (var length = 1; length <= Late.Length; length++)
        {
            using var files = new TemporaryStore().With(Former);
            using (var store = files.Open())
            {
                if (successorHasRecorded)
                {
                    store.Append(Sample.Ok(3));
                    store.Flush();
                }

                Append(files.Results(1), Late[..length]);
                AssertReads(files, successorHasRecorded ? [.. Former, Sample.Ok(3)] : Former);
                store.Append(Sample.Ok(4));
            }

            PointRecord[] expected = [.. Former, .. successorHasRecorded ? [Sample.Ok(3)] : (PointRecord[])[], Sample.Ok(4)];
            AssertReads(files, expected);
            AssertOpens(files, expected);
        }
    }

    [Fact]
    public void AFileThatItBeginsIsNeitherReadNorDamage()
    {
        for (var length = 0; length <= _record.Length; length++)
        {
            using var files = new TemporaryStore().With(Former);
            using (files.Open())
            {
                File.WriteAllBytes(files.Results(2), _record[..length]);
                AssertReads(files, Former);
            }

            AssertOpens(files, Former);
        }
    }

    [Fact]
    public void ItAppendsToAFileThatItsSuccessorDoesNotUse()
    {
        var former = _files.Open();
        former.Append(Sample.Ok(3));
        former.Flush();
        using var store = OpenWithoutLock();
        store.Append(Sample.Ok(4));
        store.Flush();

        former.Append(Sample.Ok(5));
        var error = Assert.Throws<StoreException>(former.Flush);
        former.Dispose();

        Assert.Contains("epoch 3, this is epoch 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            [_files.Results(1), _files.Results(1001), _files.Results(2001)],
            Directory.GetFiles(_files.Folder, "results-*").Order(StringComparer.Ordinal));
        AssertReads(_files, [.. Former, Sample.Ok(3), Sample.Ok(4)]);
    }

    [Fact]
    public void OneThatIsReplacedWhileItOpensTheStoreStops()
    {
        var manifest = StoreReader.ReadManifest(_files.Folder);
        OpenWithoutLock().Dispose();

        var error = Assert.Throws<StoreException>(() => new EpochFence(_files.Folder, manifest.Epoch).Check());

        Assert.Contains("epoch 2, this is epoch 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoThatClaimTheSameEpochDoNotWriteToTheSameFile()
    {
        using var one = _files.Open();
        File.WriteAllBytes(_files.Results(1001), _record);
        one.Append(Sample.Ok(3));

        Assert.Contains("results-001001.msgpack", Assert.Throws<StoreException>(one.Flush).Message, StringComparison.Ordinal);
        Assert.Equal(_record, File.ReadAllBytes(_files.Results(1001)));
    }

    [Fact]
    public void AReaderThatHasBegunReadsWhatWasThereThen()
    {
        var former = _files.Open();
        former.Append(Sample.Ok(3));
        former.Flush();
        using var reader = StoreReader.ReadAll(_files.Folder, damage => Assert.Fail(damage.Message)).GetEnumerator();
        Assert.True(reader.MoveNext());

        using var store = OpenWithoutLock();
        Append(_files.Results(1001), Late);
        store.Append(Sample.Ok(4));
        store.Flush();

        List<PointRecord> read = [reader.Current];
        while (reader.MoveNext())
        {
            read.Add(reader.Current);
        }

        Assert.Equal([.. Former, Sample.Ok(3)], read);
        former.Dispose();
    }

    [Fact]
    public async Task ReadersSeeNothingOfItWhileWritersTakeOver()
    {
        const int takeovers = 100;
        var cancellation = TestContext.Current.CancellationToken;
        using var ended = new CancellationTokenSource();
        var reading = Task.Run(
            () =>
            {
                var times = 0L;
                while (!ended.IsCancellationRequested || times == 0)
                {
                    var known = 0;
                    foreach (var record in StoreReader.ReadAll(_files.Folder, damage => Assert.True(damage.IsAtEnd, damage.Message)).Skip(Former.Length))
                    {
                        Assert.Equal(Sample.Ok(1000 + known++), record);
                    }

                    times++;
                }

                return times;
            },
            cancellation);

        for (var i = 0; i < takeovers && !reading.IsCompleted; i++)
        {
            using var store = OpenWithoutLock();
            Append(_files.Results(i == 0 ? 1 : (1000 * i) + 1), Late);
            store.Append(Sample.Ok(1000 + i));
            store.Flush();
        }

        await ended.CancelAsync();
        Assert.NotEqual(0, await reading);
    }

    [Fact]
    public void CompactionJoinsTheFilesAndLeavesItOut()
    {
        using (var store = _files.With(Sample.Ok(3)).Open())
        {
            Append(_files.Results(1), Late);
            File.WriteAllBytes(_files.Results(2), _record);
            store.Compact();
            Assert.Equal([_files.Results(2001)], Directory.GetFiles(_files.Folder, "results-*"));
        }

        AssertOpens(_files, [.. Former, Sample.Ok(3)]);
    }

    [Fact]
    public async Task ACopyIsWithoutIt()
    {
        using var copies = new TemporaryStore();
        var copy = Path.Combine(copies.Folder, "copy");
        using (_files.Open())
        {
            Append(_files.Results(1), Late);
            File.WriteAllBytes(_files.Results(2), _record);
        }

        var archive = new MemoryStream();
        await StoreArchive.WriteAsync(_files.Folder, () => { }, archive, TestContext.Current.CancellationToken);
        archive.Position = 0;
        await StoreArchive.ExtractAsync(archive, copy, TestContext.Current.CancellationToken);

        File.Delete(Path.Combine(copy, "manifest.msgpack"));
        Assert.Equal(Former, StoreReader.ReadAll(copy, damage => Assert.Fail(damage.Message)));
    }

    [Fact]
    public void CrashesWhileAStoreIsOpenedOrBegunChangeNothing()
    {
        for (var crash = 0; crash < 3; crash++)
        {
            // After the claim, and after a file was made without a byte.
            ManifestFile.Replace(_files.Folder, Manifest.Next(StoreReader.ReadManifest(_files.Folder), TemporaryStore.Identity, Sample.Noon));
            AssertReads(_files, Former);
            int first;
            using (var store = _files.Open())
            {
                first = StoreReader.ReadManifest(_files.Folder).Bounds.FirstFile;
            }

            File.WriteAllBytes(_files.Results(first), []);
            AssertReads(_files, Former);
        }

        AssertOpens(_files, Former);
        Assert.Equal([_files.Results(1)], Directory.GetFiles(_files.Folder, "results-*"));
    }

    [Fact]
    public void WhatAnEarlierReleaseHasAppendedSinceIsRead()
    {
        // It knows no bounds, keeps them, and goes on in the last file.
        _files.Open().Dispose();
        var manifest = StoreReader.ReadManifest(_files.Folder);
        var kept = manifest.Bounds;
        ManifestFile.Replace(_files.Folder, manifest with { Bounds = FileBounds.None });
        Append(_files.Results(1), _record.AsSpan(HeaderBytes));
        AssertReads(_files, [.. Former, Sample.Ok(99)]);

        ManifestFile.Replace(_files.Folder, manifest with { Bounds = kept });
        AssertReads(_files, Former);
        RaiseEpochAsAnEarlierReleaseDoes();

        AssertOpens(_files, [.. Former, Sample.Ok(99)]);
    }

    [Fact]
    public void AManifestThatWasRestoredFromACopyLeadsToNoFileThatIsThere()
    {
        var copy = File.ReadAllBytes(_files.Manifest);
        _files.With(Sample.Ok(3)).With(Sample.Ok(4));
        File.WriteAllBytes(_files.Manifest, copy);

        _files.With(Sample.Ok(5)).With().With(Sample.Ok(6));

        AssertOpens(_files, [.. Former, .. Enumerable.Range(3, 4).Select(i => Sample.Ok(i))]);
    }

    private static void Append(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(bytes);
    }

    private static void AssertReads(TemporaryStore files, IEnumerable<PointRecord> expected) =>
        Assert.Equal(expected, StoreReader.ReadAll(files.Folder, damage => Assert.Fail(damage.Message)));

    private static void AssertOpens(TemporaryStore files, PointRecord[] expected)
    {
        using (var store = files.Open())
        {
            Assert.Empty(store.Damage);
            Assert.Null(store.TornTail);
            Assert.Equal(expected.Length, store.RecordedCount);
        }

        AssertReads(files, expected);
    }

    // Where a lock's file is gone the next one gets the lock, as if there were none.
    private ResultStore OpenWithoutLock()
    {
        File.Delete(Path.Combine(_files.Folder, "store.lock"));
        return _files.Open();
    }

    private void RaiseEpochAsAnEarlierReleaseDoes()
    {
        var manifest = StoreReader.ReadManifest(_files.Folder);
        var named = new NamedFile { Name = ManifestFile.Name, Format = "sparseprop-store", Version = 1, Title = "", Remedy = "" };
        named.Replace(_files.Folder, 6, (ref writer) =>
        {
            writer.WriteField("sweep", manifest.Sweep);
            writer.WriteField("spec", manifest.SpecText);
            writer.WriteField("spec_hash", manifest.SpecHash);
            writer.WriteField("points", manifest.PointCount);
            writer.WriteField("created_utc", manifest.CreatedUtc.ToUnixTimeMilliseconds());
            writer.WriteField("epoch", manifest.Epoch + 1);
        });
    }
}
