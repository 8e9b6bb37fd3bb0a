using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace SparseProp.Results.Export;

/// <summary>
/// Asks questions about a store in the SQL of DuckDB. The table <c>points</c> has a row for each recorded point, failed ones among
/// them, with the columns of <see cref="RecordColumn.All"/>. Numbers that are not finite are null.
/// </summary>
public static class PointQuery
{
    /// <summary>Runs statements one after the other.</summary>
    /// <param name="folder">Folder of the store; it may be written to meanwhile.</param>
    /// <param name="sql">The statements.</param>
    /// <param name="onResult">Is given what each statement answers with, if it does.</param>
    /// <param name="onDamage">Is told of every unreadable part of the store; the table lacks what it held.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <exception cref="ArgumentException">A statement is wrong.</exception>
    /// <exception cref="StoreException">The store cannot be read, or memory or disk do not suffice.</exception>
    public static void Run(
        string folder,
        string sql,
        Action<DbDataReader> onResult,
        Action<StoreDamage>? onDamage = null,
        CancellationToken cancellation = default)
    {
        using var database = new TemporaryDatabase();
        Load(database, StoreReader.Read(folder, onDamage), cancellation);
        using var command = database.Connection.CreateCommand();
        command.CommandText = sql;
        using var registration = cancellation.Register(command.Cancel);
        try
        {
            // Not streamed: a stream that fails looks as if it had ended.
            using var result = command.ExecuteReader();
            while (result.FieldCount > 0)
            {
                onResult(result);
                if (!result.NextResult())
                {
                    break;
                }
            }
        }
        catch (DuckDBException e) when (e.ErrorType is DuckDBErrorType.Io or DuckDBErrorType.OutOfMemory)
        {
            throw new StoreException($"The query cannot be answered: {e.Message}", e);
        }
        catch (DuckDBException e)
        {
            throw new ArgumentException(e.Message, e);
        }
    }

    private static void Load(TemporaryDatabase database, IEnumerable<PointRecord> records, CancellationToken cancellation)
    {
        PointRows.Register(database.Connection, records.Select(record =>
        {
            cancellation.ThrowIfCancellationRequested();
            return record;
        }));
        try
        {
            database.Execute($"create table points as from {PointRows.Source}");
        }
        catch (DuckDBException e)
        {
            cancellation.ThrowIfCancellationRequested();
            throw e.InnerException as StoreException ?? new StoreException($"The points cannot be loaded: {e.Message}", e);
        }
    }
}
