using DuckDB.NET.Data;
using DuckDB.NET.Native;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Export;

/// <summary>
/// Asks questions about a store in the SQL of DuckDB. The table <c>points</c> has a row for each recorded point, failed ones among
/// them, with the columns of <see cref="RecordColumns.All"/>. Numbers that are not finite are null.
/// </summary>
public static class PointQuery
{
    /// <summary>Whether a text has several statements, so that there may be several answers.</summary>
    public static bool HasSeveral(string sql) => SqlStatements.In(sql).Count > 1;

    /// <summary>Runs statements one after the other. They reach no files but the database's own.</summary>
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
        Action<QueryAnswer> onResult,
        Action<StoreDamage>? onDamage = null,
        CancellationToken cancellation = default)
    {
        using var database = new TemporaryDatabase();
        Load(database, StoreReader.Read(folder, onDamage), StoreReader.ReadColumns(folder), cancellation);
        database.ShutIn();
        try
        {
            var statements = SqlStatements.In(sql);
            foreach (var statement in statements)
            {
                Answer(database.Connection, statement, onResult, cancellation);
            }

            if (statements.Count == 0)
            {
                throw new ArgumentException("the query says nothing; one is, for example: select count(*) from points");
            }
        }
        catch (InvalidOperationException e) when (e.Message.Contains("parameter", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("a statement has a parameter, such as ? or $1; write its value in its place", e);
        }
        catch (DuckDBException e)
        {
            cancellation.ThrowIfCancellationRequested();
            if (e.ErrorType is DuckDBErrorType.Permission || e.Message.StartsWith("Permission Error", StringComparison.Ordinal))
            {
                throw new ArgumentException($"a query reads the store and nothing else; 'sparseprop results export' writes points: {Sentence(e)}", e);
            }

            throw e.ErrorType is DuckDBErrorType.Io or DuckDBErrorType.OutOfMemory
                ? new StoreException($"The query cannot be answered: {Sentence(e)}", e)
                : new ArgumentException(Sentence(e), e);
        }
    }

    private static void Answer(DuckDBConnection connection, string statement, Action<QueryAnswer> onResult, CancellationToken cancellation)
    {
        var columns = ColumnsOf(connection, statement);
        if (columns is not null && columns.Any(column => !column.IsPlain))
        {
            // Some types the reader does not give, or not whole: they are asked for as texts.
            var names = columns.Select((_, i) => $"c{i}").ToList();
            statement = $"select {string.Join(", ", columns.Select((column, i) => column.Asked(names[i])))} from (\n{statement}\n) as answer({string.Join(", ", names)})";
        }

        using var command = connection.CreateCommand();
        command.CommandText = statement;
        using var registration = cancellation.Register(command.Cancel);

        // Not streamed: a stream that fails looks as if it had ended.
        using var result = command.ExecuteReader();
        if (result.FieldCount > 0)
        {
            onResult(QueryAnswer.Of(result, columns ?? [.. Enumerable.Range(0, result.FieldCount).Select(i => new QueryColumn(result.GetName(i), "VARCHAR"))]));
        }
    }

    /// <summary>The columns that a statement answers with; null where it is none that others can be built on.</summary>
    private static List<QueryColumn>? ColumnsOf(DuckDBConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"select column_name, column_type from (describe {statement}\n)";
        try
        {
            using var rows = command.ExecuteReader();
            List<QueryColumn> columns = [];
            while (rows.Read())
            {
                columns.Add(new QueryColumn(rows.GetString(0), rows.GetString(1)));
            }

            return columns;
        }
        catch (DuckDBException)
        {
            // Not a query, or a wrong one: running it tells.
            return null;
        }
    }

    // DuckDB goes on with the line and a mark below the place.
    private static string Sentence(DuckDBException e) => string.Join(
        ' ', e.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).TakeWhile(line => !line.StartsWith("LINE ", StringComparison.Ordinal)));

    private static void Load(TemporaryDatabase database, IEnumerable<PointRecord> records, RecordColumns columns, CancellationToken cancellation)
    {
        PointRows.Register(database.Connection, records.Select(record =>
        {
            cancellation.ThrowIfCancellationRequested();
            return record;
        }), columns);
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
