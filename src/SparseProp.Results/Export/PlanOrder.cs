using SparseProp.Results.Index;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Export;

/// <summary>Reads a store's points by their index in the plan, in memory that does not grow with their number.</summary>
internal sealed class PlanOrder : IDisposable
{
    // Of places alone: 20 bytes for each point, some millions of them. More of them are sorted on disk.
    private const string MemoryForSorting = "64MB";

    private readonly string _folder;
    private readonly TemporaryDatabase _database = new(MemoryForSorting);

    /// <summary>Notes where points are.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public PlanOrder(string folder, Action<StoreDamage>? onDamage)
    {
        _folder = folder;
        try
        {
            AddPlaces(onDamage);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Number of points.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// The records of <see cref="StoreReader.Read"/>, by index; those of one index, which a changed sweep file leads to, in the order
    /// they were written.
    /// </summary>
    /// <exception cref="StoreException">The store cannot be read, or there is no room for sorting.</exception>
    public IEnumerable<PointRecord> Records()
    {
        using var reader = new RecordsByPlace(_folder);
        var read = 0L;
        foreach (var place in Sorted())
        {
            read++;
            yield return reader.Read(place) ?? throw new StoreException($"{_folder}: a record has changed while the store was read.");
        }

        // A stream of rows that fails just ends.
        if (read != Count)
        {
            throw new StoreException($"Only {read} of {Count} points of {_folder} could be sorted: is the temporary folder full?");
        }
    }

    public void Dispose() => _database.Dispose();

    private void AddPlaces(Action<StoreDamage>? onDamage)
    {
        // One thread: each would have buffers of its own.
        _database.Execute("set threads = 1; create table places (index bigint, file integer, start bigint)");
        using var places = _database.Connection.CreateAppender("places");
        foreach (var (record, place) in StoreReader.ReadPlaced(_folder, onDamage))
        {
            places.CreateRow().AppendValue(record.Index).AppendValue(place.File).AppendValue(place.Offset).EndRow();
            Count++;
        }
    }

    private IEnumerable<RecordPlace> Sorted()
    {
        using var command = _database.Connection.CreateCommand();
        command.CommandText = "select file, start from places order by index, file, start";
        command.UseStreamingMode = true;
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return new RecordPlace(rows.GetInt32(0), rows.GetInt64(1));
        }
    }
}
