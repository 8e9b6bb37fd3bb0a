using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>All that a record says of its point, under the names of its columns.</summary>
internal static class PointReport
{
    private const int ShownOfList = 6;

    private static readonly int NameWidth = RecordColumn.All.Max(column => column.Name.Length) + 2;

    /// <summary>A fact to a line, with its unit; those that the record does not have are left out.</summary>
    public static string Text(PointRecord record, IReadOnlyList<PointRecord> divergent) => string.Join('\n', [
        .. RecordColumn.All.Where(column => column.FiniteValue(record) is not null).Select(column => Line(column, record)),
        .. divergent.Select(other => $"{"divergent digest".PadRight(NameWidth)}{DigestOf(other)}"),
    ]);

    /// <summary>All columns, null where the record does not have them, and the digests of second results that contradict the first.</summary>
    public static string Json(PointRecord record, IReadOnlyList<PointRecord> divergent)
    {
        var facts = new JsonObject(
            RecordColumn.All.Select(column => KeyValuePair.Create(column.Name, Cell.Json(column.FiniteValue(record)))));
        facts["divergent_digests"] = new JsonArray([.. divergent.Select(other => (JsonNode?)DigestOf(other))]);
        return Facts.Print(facts, json: true);
    }

    private static string Line(RecordColumn column, PointRecord record) =>
        $"{column.Name.PadRight(NameWidth)}{VisibleText.Line(Shown(column.FiniteValue(record)))}{(column.Unit.Length == 0 ? "" : " " + column.Unit)}";

    private static string Shown(object? value) => value is Series { Count: > ShownOfList } list
        ? string.Create(
            CultureInfo.InvariantCulture, $"[{string.Join(',', list.Take(ShownOfList).Select(number => Cell.Exact(number)))},…] ({list.Count} values)")
        : Cell.Exact(value);

    private static string DigestOf(PointRecord record) => record.Result!.Digest.ToString("x32", CultureInfo.InvariantCulture);
}
