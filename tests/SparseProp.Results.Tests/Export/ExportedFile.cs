using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using DuckDB.NET.Data;
using SparseProp.Results.Export;
using SparseProp.Results.Records;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Export;

/// <summary>An export, and how other programs than the writer read it.</summary>
internal sealed class ExportedFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sparseprop-");

    public ExportedFile(TemporaryStore store, ExportFormat format)
    {
        Path = System.IO.Path.Combine(_folder.FullName, $"it's.{PointExport.Formats[(int)format]}");
        Rows = PointExport.Write(store.Folder, Path, format, onDamage: damage => Assert.Fail(damage.Message));
    }

    public string Path { get; }

    public long Rows { get; }

    /// <summary>The rows, each by the names of its columns; lists as arrays of numbers that may be missing.</summary>
    public List<Dictionary<string, object?>> Read() => System.IO.Path.GetExtension(Path) switch
    {
        ".parquet" => Query($"from read_parquet({Quoted})"),
        ".csv" => Query($"from read_csv({Quoted}, all_varchar = true)"),
        ".jsonl" => [.. File.ReadLines(Path).Select(ObjectIn)],
        _ => ReadArrow(),
    };

    /// <summary>What DuckDB answers; write FILE for the file.</summary>
    public List<Dictionary<string, object?>> Query(string sql)
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("FILE", Quoted, StringComparison.Ordinal);
        using var reader = command.ExecuteReader();
        List<Dictionary<string, object?>> rows = [];
        while (reader.Read())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => ValueIn(reader, i)));
        }

        return rows;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Quoted => $"'{Path.Replace("'", "''", StringComparison.Ordinal)}'";

    private static object? ValueIn(DuckDBDataReader reader, int i)
    {
        if (reader.IsDBNull(i))
        {
            return null;
        }

        return reader.GetFieldType(i) == typeof(List<double>) ? reader.GetFieldValue<List<double?>>(i).ToArray() : reader.GetValue(i);
    }

    private static Dictionary<string, object?> ObjectIn(string line) =>
        JsonDocument.Parse(line).RootElement.EnumerateObject().ToDictionary(pair => pair.Name, pair => ValueOf(pair.Name, pair.Value));

    private static object? ValueOf(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when RecordColumns.Published.Find(name)!.Kind == ColumnKind.Whole => value.GetInt64(),
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Null ? (double?)null : e.GetDouble()).ToArray(),
        _ => value.GetBoolean(),
    };

    private List<Dictionary<string, object?>> ReadArrow()
    {
        using var stream = File.OpenRead(Path);
        using var reader = new ArrowFileReader(stream);
        List<Dictionary<string, object?>> rows = [];
        while (reader.ReadNextRecordBatch() is { } batch)
        {
            using (batch)
            {
                rows.AddRange(Enumerable.Range(0, batch.Length).Select(i =>
                    batch.Schema.FieldsList.Index().ToDictionary(field => field.Item.Name, field => ValueIn(batch.Column(field.Index), i))));
            }
        }

        return rows;
    }

    private static object? ValueIn(IArrowArray column, int i) => column switch
    {
        StringArray texts => texts.GetString(i),
        Int64Array integers => integers.GetValue(i),
        DoubleArray numbers => numbers.GetValue(i),
        BooleanArray truths => truths.GetValue(i),
        ListArray lists => lists.IsNull(i) ? null : ((DoubleArray)lists.GetSlicedValues(i)).ToArray(),
        _ => throw new InvalidOperationException(column.GetType().Name),
    };
}
