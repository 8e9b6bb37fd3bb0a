using SparseProp.Results.Export;

namespace SparseProp.Cli.Display;

/// <summary>What a query answers with, as a table.</summary>
internal static class QueryGrid
{
    public static Grid Of(QueryAnswer answer) =>
        new([.. answer.Columns.Select(column => new GridColumn(column.Name, column.IsNumber))], answer.Rows);
}
