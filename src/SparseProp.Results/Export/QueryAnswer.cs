using DuckDB.NET.Data;

namespace SparseProp.Results.Export;

/// <summary>What a statement answers with.</summary>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">
/// A value for each of them: a truth, a number or a text, dates and times as texts of ISO 8601, lists, structures, maps and decimal numbers
/// as JSON, null for none. Read once.
/// </param>
public sealed record QueryAnswer(IReadOnlyList<QueryColumn> Columns, IEnumerable<IReadOnlyList<object?>> Rows)
{
    internal static QueryAnswer Of(DuckDBDataReader reader, IReadOnlyList<QueryColumn> columns) => new(columns, RowsOf(reader, columns));

    private static IEnumerable<IReadOnlyList<object?>> RowsOf(DuckDBDataReader reader, IReadOnlyList<QueryColumn> columns)
    {
        while (reader.Read())
        {
            yield return [.. columns.Select((column, place) => column.Read(reader, place))];
        }
    }
}
