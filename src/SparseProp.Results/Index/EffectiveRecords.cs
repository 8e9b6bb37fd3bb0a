using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Index;

/// <summary>Where a record is.</summary>
/// <param name="File">Number of its results file.</param>
/// <param name="Offset">Where its frame begins.</param>
internal readonly record struct RecordPlace(int File, long Offset);

/// <summary>Where the record is that counts for each point: the first ok one, else the last failed one.</summary>
internal sealed class EffectiveRecords(PointTable table) : IDisposable
{
    /// <exception cref="StoreException">The table cannot be read or written.</exception>
    public void Add(in RecordSummary summary, RecordPlace place)
    {
        if (summary.Status == PointStatus.Divergent)
        {
            return;
        }

        var key = PointWords.Of(summary.Key.Value);
        if (!table.TryGet(key, out var known) || known.Status != PointStatus.Ok)
        {
            table.Set(key, new PointEntry(new PointWords((ulong)place.File, (ulong)place.Offset), summary.Status));
        }
    }

    /// <summary>Where the point's record is; false where it has none that counts.</summary>
    /// <exception cref="StoreException">The table cannot be read.</exception>
    public bool TryFind(PointKey key, out RecordPlace place)
    {
        var found = table.TryGet(PointWords.Of(key.Value), out var entry);
        place = new RecordPlace((int)entry.Value.High, (long)entry.Value.Low);
        return found;
    }

    /// <exception cref="StoreException">The table cannot be read.</exception>
    public bool Holds(PointKey key, RecordPlace place) => TryFind(key, out var known) && known == place;

    public void Dispose() => table.Dispose();
}
