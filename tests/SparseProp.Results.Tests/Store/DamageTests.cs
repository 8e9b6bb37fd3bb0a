using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

/// <summary>Every way to cut a small store short, and every byte of it changed.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Count = 6;
    private static readonly PointRecord[] Written = [.. Enumerable.Range(0, Count - 1).Select(i => Sample.Ok(i)), Sample.Failed(Count - 1)];

    private readonly TemporaryStore _files = new TemporaryStore().With(Written);
    private readonly byte[] _bytes, _manifest;
    private readonly long[] _ends;

    public DamageTests()
    {
        _bytes = File.ReadAllBytes(_files.Results(1));
        _manifest = File.ReadAllBytes(_files.Manifest);
        _ends = [.. FrameEnds(_bytes)];
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void CutAnywhereAllWholeRecordsAreKeptAndTheRestIsWrittenAgain()
    {
        Assert.Equal(Count + 1, _ends.Length);
        for (var length = 0; length <= _bytes.Length; length++)
        {
            var kept = Math.Max(0, _ends.Count(end => end <= length) - 1);
            Restore(_bytes.AsSpan(0, length));

            Assert.Equal(Written[..kept], _files.ReadAround(out var told));
            Assert.Equal(length == 0 || _ends.Contains(length) ? [] : [true], told.Select(damage => damage.IsAtEnd));
            AssertTornTail(length);
            Assert.Equal(Written, _files.Read());
            Assert.All(Directory.GetFiles(_files.Folder, "results-*"), file => Assert.NotEqual(0, new FileInfo(file).Length));
        }
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x01)]
    public void AChangedByteCostsTheRecordItIsInAndNoOther(int bits)
    {
        for (var place = 0; place < _bytes.Length; place++)
        {
            var hit = _ends.Count(end => end <= place) - 1;
            Restore(_bytes);
            Flip(_files.Results(1), place, (byte)bits);

            PointRecord[] others = [.. Written.Where((_, i) => i != hit)];
            Assert.Equal(others, _files.ReadAround(out _));
            AssertReportedAndRepaired(place, hit);
            Assert.Equal(Written.OrderBy(r => r.Index), _files.ReadAround(out var left).OrderBy(r => r.Index));
            Assert.Empty(left);
            Assert.Equal(hit != Count - 1, File.Exists(_files.Results(1) + ResultStore.DamagedSuffix));
        }
    }

    [Fact]
    public void DamageInAnEarlierFileIsNeverTakenForATornTail()
    {
        File.Copy(_files.Results(1), _files.Results(2));
        using (var file = new FileStream(_files.Results(1), FileMode.Open))
        {
            file.SetLength(_bytes.Length - 1);
        }

        using var store = _files.Open();

        var damage = Assert.Single(store.Damage);
        Assert.Equal((_files.Results(1), _ends[^2], _bytes.Length - 1 - _ends[^2]), (damage.File, damage.Offset, damage.Length));
        Assert.Contains($"results-000001.msgpack: {damage.Length} bytes at offset {damage.Offset}", damage.Message, StringComparison.Ordinal);
        Assert.Null(store.TornTail);
    }

    [Fact]
    public void AnEmptyEarlierFileIsDamage()
    {
        File.Copy(_files.Results(1), _files.Results(2));
        File.WriteAllBytes(_files.Results(1), []);

        using var store = _files.Open();

        Assert.Equal(_files.Results(1), Assert.Single(store.Damage).File);
        Assert.Equal(Count, store.RecordedCount);
    }

    [Fact]
    public void RecordsAfterMegabytesOfRubbishAreFound()
    {
        var rubbish = new byte[3_000_001];
        new Random(1).NextBytes(rubbish);
        File.WriteAllBytes(_files.Results(1), [.. _bytes, .. rubbish, .. _bytes.AsSpan((int)_ends[0])]);

        var records = StoreReader.ReadAll(_files.Folder).ToList();

        Assert.Equal([.. Written, .. Written], records);
    }

    [Theory]
    [InlineData((1 << 20) - 2)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    public void ARecordAfterDamageIsFoundAcrossTheEdgeOfWhatIsReadAtOnce(int offset)
    {
        var zeroes = new byte[offset - _bytes.Length];
        File.WriteAllBytes(_files.Results(1), [.. _bytes, .. zeroes, .. _bytes.AsSpan((int)_ends[0])]);

        Assert.Equal(2 * Count, StoreReader.ReadAll(_files.Folder).Count());
    }

    [Fact]
    public void ZeroesThatACrashLeftAtTheEndAreCut()
    {
        File.WriteAllBytes(_files.Results(1), [.. _bytes, .. new byte[70_000]]);

        using var store = _files.Open();

        Assert.Contains("70000 bytes", store.TornTail, StringComparison.Ordinal);
        Assert.Empty(store.Damage);
        Assert.Equal(_bytes.Length, new FileInfo(_files.Results(1)).Length);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x01)]
    public void ADamagedManifestIsAnErrorThatNamesTheFileAndResultsStayReadable(int bits)
    {
        var length = new FileInfo(_files.Manifest).Length;
        for (var place = 0; place < length; place++)
        {
            Flip(_files.Manifest, place, (byte)bits);

            Assert.Contains(_files.Manifest, Assert.Throws<StoreException>(() => _files.Open()).Message, StringComparison.Ordinal);
            Assert.Throws<StoreException>(() => StoreReader.ReadManifest(_files.Folder));
            Flip(_files.Manifest, place, (byte)bits);
        }

        Assert.Equal(Written, _files.Read());
        _files.Open().Dispose();
    }

    [Fact]
    public void WhoReadsResultsBesideADamagedManifestIsTold()
    {
        File.WriteAllBytes(_files.Manifest, []);

        Assert.Equal(Written, _files.ReadAround(out var told));
        Assert.All(told, damage => Assert.Equal((_files.Manifest, true), (damage.File, damage.IsOfManifest)));
        Assert.NotEmpty(told);
    }

    [Fact]
    public void ADamagedFileIsToldOnceAndKept()
    {
        Flip(_files.Results(1), (int)_ends[1], 1);
        var damaged = File.ReadAllBytes(_files.Results(1));

        using (var store = _files.Open())
        {
            Assert.Single(store.Damage);
        }

        Assert.Equal(damaged, File.ReadAllBytes(_files.Results(1) + ResultStore.DamagedSuffix));
        using var next = _files.Open();
        Assert.Empty(next.Damage);
        Assert.Equal(Count - 1, next.RecordedCount);
    }

    [Fact]
    public void BytesAfterTheManifestAreDamage()
    {
        File.WriteAllBytes(_files.Manifest, [.. _manifest, 0xC0]);

        Assert.Throws<StoreException>(() => StoreReader.ReadManifest(_files.Folder));
    }

    private void Restore(ReadOnlySpan<byte> results)
    {
        foreach (var file in Directory.GetFiles(_files.Folder, "results-*"))
        {
            File.Delete(file);
        }

        File.WriteAllBytes(_files.Results(1), results);
        File.WriteAllBytes(_files.Manifest, _manifest);
    }

    private void AssertTornTail(int length)
    {
        using var store = _files.Open();
        Assert.Empty(store.Damage);
        Assert.Equal(length == 0 || _ends.Contains(length), store.TornTail is null);
        AppendMissing(store);
    }

    private void AssertReportedAndRepaired(int place, int hit)
    {
        using var store = _files.Open();
        if (hit == Count - 1)
        {
            Assert.NotNull(store.TornTail);
            Assert.Empty(store.Damage);
        }
        else
        {
            var damage = Assert.Single(store.Damage);
            Assert.Equal(hit < 0 ? 0 : _ends[hit], damage.Offset);
            Assert.InRange(place, damage.Offset, damage.Offset + damage.Length - 1);
        }

        AppendMissing(store);
        Assert.True(File.Exists(_files.Results(1001)));
    }

    private static void AppendMissing(ResultStore store)
    {
        foreach (var record in Written)
        {
            if (!store.TryGet(record.Key, out _))
            {
                store.Append(record);
            }
        }

        store.Flush();
    }

    private static void Flip(string path, int place, byte bits)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = place;
        var value = (byte)file.ReadByte();
        file.Position = place;
        file.WriteByte((byte)(value ^ bits));
    }

    private static IEnumerable<long> FrameEnds(byte[] bytes)
    {
        for (var end = 0; end < bytes.Length;)
        {
            Assert.True(Frame.TryRead(bytes.AsSpan(end), out var length));
            yield return end += Frame.HeadBytes + length;
        }
    }
}
