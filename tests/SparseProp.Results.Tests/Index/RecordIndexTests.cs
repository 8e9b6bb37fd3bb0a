using CsCheck;
using SparseProp.Results.Index;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Index;

public sealed class RecordIndexTests : IDisposable
{
    private const int Points = 60;
    private const int Digests = 3;

    private static readonly Gen<RecordSummary[]> Records = Gen.Select(
        Gen.Int[0, Points - 1],
        Gen.Enum<PointStatus>(),
        Gen.Int[0, Digests - 1],
        (point, status, digest) =>
            new RecordSummary(Sample.KeyOf(point), status, status == PointStatus.Failed ? default : (UInt128)digest)).Array[0, 600];

    private readonly TemporaryStore _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void OnDiskItSaysWhatSetsInMemorySay() =>
        Records.Sample(
            records =>
            {
                using var index = NewIndex();
                var model = new Model();
                foreach (var record in records)
                {
                    Assert.Equal(model.Add(record), index.Add(record));
                }

                model.AssertSame(index);
            },
            iter: 300);

    [Fact]
    public void RebuiltPartByPartItSaysTheSame() =>
        Gen.Select(Records, Gen.OneOf(0L, 1L, 200_000L, 1L << 20)).Sample(
            (records, expected) =>
            {
                using var index = NewIndex();
                using var rebuild = new IndexRebuild(index, _files.Folder, expected, memoryPoints: 0);
                var model = new Model();
                foreach (var record in records)
                {
                    model.Add(record);
                    rebuild.Add(record);
                }

                rebuild.Finish();
                model.AssertSame(index);
            },
            iter: 50);

    [Fact]
    public void RecordsThatFillManyChunksComeInTheirOrder()
    {
        using var index = NewIndex();
        using var rebuild = new IndexRebuild(index, _files.Folder, 100_000, memoryPoints: 0);
        var model = new Model();
        for (var i = 0; i < 20_000; i++)
        {
            var status = i < 10_000 ? PointStatus.Failed : PointStatus.Ok;
            var record = new RecordSummary(Sample.KeyOf(i * 7 % Points), status, (UInt128)(i / 5000));
            model.Add(record);
            rebuild.Add(record);
        }

        rebuild.Finish();

        Assert.Equal((Points, 0, Points), (index.OkCount, index.FailedCount, index.DivergentCount));
        model.AssertSame(index);
    }

    private RecordIndex NewIndex() => new(new PointTable(_files.Folder, memoryPoints: 5, pageBytes: 128));

    private sealed class Model
    {
        private readonly Dictionary<UInt128, UInt128> _ok = [];
        private readonly HashSet<UInt128> _failed = [];
        private readonly HashSet<(UInt128 Key, UInt128 Digest)> _divergent = [];

        public bool Add(RecordSummary record)
        {
            var key = record.Key.Value;
            switch (record.Status)
            {
                case PointStatus.Ok when _ok.TryAdd(key, record.Digest):
                    _failed.Remove(key);
                    return false;
                case PointStatus.Ok when _ok[key] == record.Digest:
                    return false;
                case PointStatus.Failed:
                    _ = _ok.ContainsKey(key) || _failed.Add(key);
                    return false;
                default:
                    return _divergent.Add((key, record.Digest));
            }
        }

        public void AssertSame(RecordIndex index)
        {
            Assert.Equal((_ok.Count, _failed.Count, _divergent.Count), (index.OkCount, index.FailedCount, index.DivergentCount));
            for (var point = 0; point < Points; point++)
            {
                var key = Sample.KeyOf(point);
                var isOk = _ok.TryGetValue(key.Value, out var digest);
                Assert.Equal(isOk || _failed.Contains(key.Value), index.TryGet(key, out var known));
                Assert.Equal(new RecordedPoint(isOk ? PointStatus.Ok : PointStatus.Failed, digest), known);
                for (var other = 0; other < Digests; other++)
                {
                    Assert.Equal(_divergent.Contains((key.Value, (UInt128)other)), index.HasDivergent(key, (UInt128)other));
                }
            }
        }
    }
}
