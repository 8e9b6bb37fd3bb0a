using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Index;

/// <summary>
/// Which points are recorded, and with which digest. Of several records of a point the first ok one counts, else the last failed
/// one; an ok record with another digest than the first is divergent like those that say so. Divergent records are rare and
/// stay in memory.
/// </summary>
internal sealed class RecordIndex(PointTable table) : IDisposable
{
    private readonly HashSet<(PointWords Key, PointWords Digest)> _divergent = [];

    public long OkCount { get; private set; }

    public long FailedCount { get; private set; }

    public long DivergentCount => _divergent.Count;

    /// <inheritdoc cref="PointTable.Expect"/>
    public void Expect(long points) => table.Expect(points);

    /// <inheritdoc cref="PointTable.PlaceOf"/>
    public int PlaceOf(PointKey key) => table.PlaceOf(PointWords.Of(key.Value));

    /// <summary>Takes note of a record; true where it is divergent and new.</summary>
    /// <exception cref="StoreException">The index cannot be read or written.</exception>
    public bool Add(in RecordSummary summary)
    {
        var key = PointWords.Of(summary.Key.Value);
        var digest = PointWords.Of(summary.Digest);
        if (summary.Status == PointStatus.Divergent)
        {
            return _divergent.Add((key, digest));
        }

        if (!table.TryGet(key, out var known))
        {
            table.Set(key, new PointEntry(summary.Status == PointStatus.Ok ? digest : default, summary.Status));
            Count(summary.Status, 1);
            return false;
        }

        if (summary.Status == PointStatus.Failed || known == new PointEntry(digest, PointStatus.Ok))
        {
            return false;
        }

        if (known.Status == PointStatus.Ok)
        {
            return _divergent.Add((key, digest));
        }

        table.Set(key, new PointEntry(digest, PointStatus.Ok));
        Count(PointStatus.Failed, -1);
        Count(PointStatus.Ok, 1);
        return false;
    }

    /// <exception cref="StoreException">The index cannot be read.</exception>
    public bool TryGet(PointKey key, out RecordedPoint known)
    {
        var found = table.TryGet(PointWords.Of(key.Value), out var entry);
        known = found ? new RecordedPoint(entry.Status, entry.Value.ToUInt128()) : new RecordedPoint(PointStatus.Failed, default);
        return found;
    }

    public bool HasDivergent(PointKey key, UInt128 digest) => _divergent.Contains((PointWords.Of(key.Value), PointWords.Of(digest)));

    public void Dispose() => table.Dispose();

    private void Count(PointStatus status, int change)
    {
        if (status == PointStatus.Ok)
        {
            OkCount += change;
        }
        else
        {
            FailedCount += change;
        }
    }
}
