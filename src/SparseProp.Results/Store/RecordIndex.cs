using SparseProp.Engine;

namespace SparseProp.Results;

/// <summary>
/// Which points are recorded, and with which digest. Of several records of a point the first ok one counts, else the last failed
/// one; an ok record with another digest than the first is divergent like those that say so. Some 50 bytes per point.
/// </summary>
internal sealed class RecordIndex
{
    private readonly Dictionary<PointWords, PointWords> _ok = [];
    private readonly HashSet<PointWords> _failed = [];
    private readonly HashSet<(PointWords Key, PointWords Digest)> _divergent = [];

    public long OkCount => _ok.Count;

    public long FailedCount => _failed.Count;

    public long DivergentCount => _divergent.Count;

    /// <summary>Makes room for about <paramref name="points"/> points: growing by doubling would need half as much again.</summary>
    public void Expect(long points) => _ok.EnsureCapacity((int)Math.Min(points, 100_000_000));

    /// <summary>Takes note of a record; true where it is divergent and new.</summary>
    public bool Add(in RecordSummary summary)
    {
        var key = PointWords.Of(summary.Key.Value);
        var digest = PointWords.Of(summary.Digest);
        switch (summary.Status)
        {
            case PointStatus.Ok when _ok.TryAdd(key, digest):
                _failed.Remove(key);
                return false;
            case PointStatus.Ok when _ok[key] == digest:
                return false;
            case PointStatus.Failed:
                if (!_ok.ContainsKey(key))
                {
                    _failed.Add(key);
                }

                return false;
            default:
                return _divergent.Add((key, digest));
        }
    }

    public bool TryGet(PointKey key, out RecordedPoint known)
    {
        var words = PointWords.Of(key.Value);
        if (_ok.TryGetValue(words, out var digest))
        {
            known = new RecordedPoint(PointStatus.Ok, digest.ToUInt128());
            return true;
        }

        known = new RecordedPoint(PointStatus.Failed, default);
        return _failed.Contains(words);
    }

    public bool HasDivergent(PointKey key, UInt128 digest) => _divergent.Contains((PointWords.Of(key.Value), PointWords.Of(digest)));
}
