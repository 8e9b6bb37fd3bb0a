using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Results.Export;

/// <summary>Records as record batches of Apache Arrow.</summary>
internal static class ArrowExport
{
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(IEnumerable<PointRecord> records, RecordColumns columns, string path, int batchRows)
    {
        var schema = new Schema([.. columns.All.Select(FieldOf)], metadata: []);
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        using var writer = new ArrowFileWriter(stream, schema);
        writer.WriteStart();
        foreach (var batch in records.Chunk(batchRows))
        {
            using var rows = new RecordBatch(schema, columns.All.Select(column => ColumnOf(column, batch)), batch.Length);
            writer.WriteRecordBatch(rows);
        }

        writer.WriteEnd();
    }

    private static Field FieldOf(RecordColumn column) => new(
        column.Name,
        column.Kind switch
        {
            ColumnKind.Text => StringType.Default,
            ColumnKind.Whole => Int64Type.Default,
            ColumnKind.Number => DoubleType.Default,
            ColumnKind.Truth => BooleanType.Default,
            _ => new ListType(DoubleType.Default),
        },
        nullable: true,
        new Dictionary<string, string> { ["unit"] = column.Unit, ["meaning"] = column.Meaning });

    private static IArrowArray ColumnOf(RecordColumn column, PointRecord[] records)
    {
        var values = records.Select(column.FiniteValue);
        switch (column.Kind)
        {
            case ColumnKind.Text:
                return new StringArray.Builder().AppendRange(values.Cast<string>()).Build();
            case ColumnKind.Whole:
                var integers = new Int64Array.Builder();
                AppendAll(values, (long value) => integers.Append(value), () => integers.AppendNull());
                return integers.Build();
            case ColumnKind.Number:
                var numbers = new DoubleArray.Builder();
                AppendAll(values, (double value) => numbers.Append(value), () => numbers.AppendNull());
                return numbers.Build();
            case ColumnKind.Truth:
                var truths = new BooleanArray.Builder();
                AppendAll(values, (bool value) => truths.Append(value), () => truths.AppendNull());
                return truths.Build();
            default:
                return ListsOf(values.Cast<Series?>());
        }
    }

    private static ListArray ListsOf(IEnumerable<Series?> lists)
    {
        var column = new ListArray.Builder(DoubleType.Default);
        var numbers = (DoubleArray.Builder)column.ValueBuilder;
        foreach (var list in lists)
        {
            if (list is null)
            {
                column.AppendNull();
                continue;
            }

            column.Append();
            AppendAll(Finite(list), (double value) => numbers.Append(value), () => numbers.AppendNull());
        }

        return column.Build();
    }

    private static IEnumerable<object?> Finite(Series list) => list.Select(number => double.IsFinite(number) ? number : (object?)null);

    private static void AppendAll<T>(IEnumerable<object?> values, Action<T> append, Action appendNull)
    {
        foreach (var value in values)
        {
            if (value is T known)
            {
                append(known);
            }
            else
            {
                appendNull();
            }
        }
    }
}
