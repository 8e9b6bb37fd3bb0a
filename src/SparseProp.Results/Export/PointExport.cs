using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Export;

/// <summary>
/// Writes a store as a table for other programs: a row for each recorded point, failed ones among them, by index in the plan, with the
/// columns of <see cref="RecordColumns.All"/>. Numbers that are not finite are null. Memory does not grow with the number of points.
/// </summary>
public static class PointExport
{
    // Points of a row group or batch: with a point's most 64 KB some 250 MB, with the usual ones a few.
    private const int BatchRows = 4096;

    // The writer of a Parquet file remembers each group of rows, some 70 KB, to its end: so many of them, unless they had to be too large.
    private const int GroupsToRemember = 256;
    private const int MostGroupRows = 122_880;
    private const double GroupBytes = 16e6;

    /// <summary>Names of <see cref="ExportFormat"/>, in the order of the enumeration; also the usual endings of such files.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["parquet", "csv", "jsonl", "arrow"];

    /// <summary>Writes beside <paramref name="path"/> first: what bears its name is whole.</summary>
    /// <param name="folder">Folder of the store; it may be written to meanwhile.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="format">Its format.</param>
    /// <param name="replace">Whether a file of that name may be replaced.</param>
    /// <param name="onDamage">Is told of every unreadable part of the store; the table lacks what it held.</param>
    /// <param name="cancellation">Ends the export; nothing is left behind.</param>
    /// <returns>Number of rows.</returns>
    /// <exception cref="StoreException">The store cannot be read, or the file cannot be written.</exception>
    public static long Write(
        string folder,
        string path,
        ExportFormat format,
        bool replace = false,
        Action<StoreDamage>? onDamage = null,
        CancellationToken cancellation = default)
    {
        var rows = 0L;
        try
        {
            using var file = new UnfinishedFile(path);
            using var order = new PlanOrder(folder, onDamage);
            ResultsFile.AllOf(folder, out var bytes);
            var columns = StoreReader.ReadColumns(folder);
            var records = order.Records().Select(record =>
            {
                cancellation.ThrowIfCancellationRequested();
                rows++;
                return record;
            });
            if (format == ExportFormat.Arrow)
            {
                ArrowExport.Write(records, columns, file.UnfinishedPath, BatchRows);
            }
            else
            {
                Copy(records, columns, file.UnfinishedPath, format, GroupRows(order.Count, bytes));
            }

            file.Complete(replace);
            return rows;
        }
        catch (DuckDBException e)
        {
            // What the records' reader throws comes through DuckDB.
            cancellation.ThrowIfCancellationRequested();
            throw e.InnerException as StoreException ?? NotWritable(path, e);
        }
        catch (Exception e) when (StoreException.IsFileSystem(e))
        {
            throw NotWritable(path, e);
        }
    }

    private static StoreException NotWritable(string path, Exception cause) => new($"{path} cannot be written: {cause.Message}", cause);

    /// <summary>Points of a group of rows in a Parquet file.</summary>
    /// <param name="points">Points of the store.</param>
    /// <param name="bytes">Its length.</param>
    internal static int GroupRows(long points, long bytes)
    {
        var fitting = points * GroupBytes / Math.Max(1, bytes);
        return (int)Math.Clamp(Math.Min((double)points / GroupsToRemember, fitting), BatchRows, MostGroupRows);
    }

    private static void Copy(IEnumerable<PointRecord> records, RecordColumns columns, string path, ExportFormat format, int groupRows)
    {
        using var database = new TemporaryDatabase();

        // A table for people's eyes, too; the other formats hold texts as they are.
        PointRows.Register(database.Connection, records, columns, format == ExportFormat.Csv ? VisibleText.Lines : null);
        var (selected, options) = format switch
        {
            ExportFormat.Parquet => ("*", $"format parquet, compression zstd, row_group_size {groupRows}, kv_metadata {{columns: {Quoted(Described(columns))}}}"),
            ExportFormat.Csv => (ColumnsForCsv(columns), "format csv, header"),
            _ => ("*", "format json"),
        };

        // One thread: with more of them, row groups wait for each other in memory.
        database.Execute($"set threads = 1; copy (select {selected} from {PointRows.Source}) to {Quoted(path)} ({options})");
    }

    private static string ColumnsForCsv(RecordColumns columns) => string.Join(", ", columns.All.Select(column => column.Kind == ColumnKind.List
        ? $"case when \"{column.Name}\" is not null then to_json(\"{column.Name}\") end as \"{column.Name}\""
        : $"\"{column.Name}\""));

    private static string Described(RecordColumns columns) => new JsonObject(columns.All.Select(column => KeyValuePair.Create(
        column.Name, (JsonNode?)new JsonObject { ["unit"] = column.Unit, ["meaning"] = column.Meaning }))).ToJsonString();

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
