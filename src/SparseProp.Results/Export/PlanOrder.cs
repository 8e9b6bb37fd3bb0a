namespace SparseProp.Results.Export;

/// <summary>Reads a store's points by their index in the plan, in memory that does not grow with their number.</summary>
internal static class PlanOrder
{
    /// <summary>
    /// The records of <see cref="StoreReader.Read"/>, by index; those of one index, which a changed sweep file leads to, in the order
    /// they were written.
    /// </summary>
    /// <exception cref="StoreException">The store cannot be read, or there is no room for sorting.</exception>
    public static IEnumerable<PointRecord> Read(string folder, Action<StoreDamage>? onDamage)
    {
        using var database = new TemporaryDatabase();
        var count = AddPlaces(database, folder, onDamage);
        using var reader = new RecordsByPlace(folder);
        var read = 0L;
        foreach (var place in Sorted(database))
        {
            read++;
            yield return reader.Read(place) ?? throw new StoreException($"{folder}: a record has changed while the store was read.");
        }

        // A stream of rows that fails just ends.
        if (read != count)
        {
            throw new StoreException($"Only {read} of {count} points of {folder} could be sorted: is the temporary folder full?");
        }
    }

    private static long AddPlaces(TemporaryDatabase database, string folder, Action<StoreDamage>? onDamage)
    {
        database.Execute("create table places (index bigint, file integer, start bigint)");
        using var places = database.Connection.CreateAppender("places");
        var count = 0L;
        foreach (var (record, place) in StoreReader.ReadPlaced(folder, onDamage))
        {
            places.CreateRow().AppendValue(record.Index).AppendValue(place.File).AppendValue(place.Offset).EndRow();
            count++;
        }

        return count;
    }

    private static IEnumerable<RecordPlace> Sorted(TemporaryDatabase database)
    {
        using var command = database.Connection.CreateCommand();
        command.CommandText = "select file, start from places order by index, file, start";
        command.UseStreamingMode = true;
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return new RecordPlace(rows.GetInt32(0), rows.GetInt64(1));
        }
    }
}
