using SparseProp.Engine;
using SparseProp.Results.Index;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Comparisons;

/// <summary>Finds the results of a store by their parameters, in memory that does not grow with the store.</summary>
internal sealed class PointMatcher : IDisposable
{
    private readonly PointTable _places;
    private readonly RecordsByPlace _records;

    /// <exception cref="StoreException">The folder is no store, or cannot be read.</exception>
    public PointMatcher(string folder)
    {
        _places = new PointTable(folder);
        _records = new RecordsByPlace(folder);
        try
        {
            using var effective = new EffectiveRecords(new PointTable(folder));
            foreach (var (reader, place) in StoreReader.Walk(folder, onDamage: null))
            {
                effective.Add(reader.Summary, place);
            }

            foreach (var (reader, place) in StoreReader.Walk(folder, onDamage: null))
            {
                if (reader.Summary.Status == PointStatus.Ok
                    && effective.Holds(reader.Summary.Key, place)
                    && StoreReader.TryDecode(reader, onDamage: null, out var record))
                {
                    var entry = new PointEntry(new PointWords((ulong)place.File, (ulong)place.Offset), PointStatus.Ok);
                    _places.Set(PointWords.Of(KeyOf(record).Value), entry);
                    Points++;
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Number of results.</summary>
    public long Points { get; }

    /// <summary>The result of another store's point; null where there is none.</summary>
    public PointRecord? Find(PointRecord record) =>
        _places.TryGet(PointWords.Of(KeyOf(record).Value), out var entry)
            ? _records.Read(new RecordPlace((int)entry.Value.High, (long)entry.Value.Low))
            : null;

    // Another version of the engine gives another key: that of this one stands for the parameters. A network is known by the record's key only.
    private static PointKey KeyOf(PointRecord record) => record.Parameters.IsOfPopulations ? record.Key : PointKey.Of(record.Parameters);

    public void Dispose()
    {
        _places.Dispose();
        _records.Dispose();
    }
}
