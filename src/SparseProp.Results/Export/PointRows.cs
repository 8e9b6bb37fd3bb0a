using DuckDB.NET.Data;
using DuckDB.NET.Data.DataChunk.Writer;
using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Results.Export;

/// <summary>Records as rows of DuckDB's, taken one by one while a statement reads them.</summary>
internal static class PointRows
{
    /// <summary>What statements read them from. Works once for each registration: records are not kept.</summary>
    public const string Source = "recorded_points()";

    /// <param name="connection">Where they are read.</param>
    /// <param name="records">They.</param>
    /// <param name="columns">What they have.</param>
    /// <param name="shown">How texts are written; null for as they are.</param>
    public static void Register(
        DuckDBConnection connection, IEnumerable<PointRecord> records, RecordColumns columns, Func<string, string>? shown = null) =>
        connection.RegisterTableFunction(
            Source[..^2],
            () => new TableFunction([.. columns.All.Select(column => new ColumnInfo(column.Name, TypeOf(column.Kind)))], records),
            (record, writers, row) => Write((PointRecord)record!, columns, writers, row, shown ?? (text => text)));

    private static Type TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => typeof(string),
        ColumnKind.Whole => typeof(long),
        ColumnKind.Number => typeof(double),
        ColumnKind.Truth => typeof(bool),
        _ => typeof(List<double>),
    };

    private static void Write(PointRecord record, RecordColumns columns, IDuckDBDataWriter[] writers, ulong row, Func<string, string> shown)
    {
        for (var i = 0; i < writers.Length; i++)
        {
            var value = columns.All[i].FiniteValue(record);
            Write(writers[i], value is string text ? shown(text) : value, row);
        }
    }

    private static void Write(IDuckDBDataWriter writer, object? value, ulong row)
    {
        switch (value)
        {
            case string text:
                writer.WriteValue(text, row);
                break;
            case long integer:
                writer.WriteValue(integer, row);
                break;
            case double number:
                writer.WriteValue(number, row);
                break;
            case bool truth:
                writer.WriteValue(truth, row);
                break;
            case Series series:
                writer.WriteValue(Finite(series), row);
                break;
            default:
                writer.WriteNull(row);
                break;
        }
    }

    private static double?[] Finite(Series series) => [.. series.Select(number => double.IsFinite(number) ? number : (double?)null)];
}
