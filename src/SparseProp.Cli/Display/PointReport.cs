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

    /// <summary>Facts one below the other, with their units; those that the record does not have are left out.</summary>
    /// <param name="record">The point's.</param>
    /// <param name="columns">What it has.</param>
    /// <param name="divergent">Second results that contradict the first.</param>
    /// <param name="width">Characters of a line.</param>
    public static string Text(PointRecord record, RecordColumns columns, IReadOnlyList<PointRecord> divergent, int width) => FactLayout.Of(
        [
            .. columns.All.Where(column => column.FiniteValue(record) is not null).Select(column => (column.Name, Value(column, record))),
            .. divergent.Select(other => ("divergent digest", RecordColumns.DigestOf(other)!)),
        ],
        leastNameWidth: 0,
        width);

    /// <summary>All columns, null where the record does not have them, and the digests of second results that contradict the first.</summary>
    public static string Json(PointRecord record, RecordColumns columns, IReadOnlyList<PointRecord> divergent)
    {
        var facts = new JsonObject(
            columns.All.Select(column => KeyValuePair.Create(column.Name, Cell.Json(column.FiniteValue(record)))));
        facts["divergent_digests"] = new JsonArray([.. divergent.Select(other => (JsonNode?)RecordColumns.DigestOf(other))]);
        return Facts.Print(facts, json: true);
    }

    private static string Value(RecordColumn column, PointRecord record) =>
        $"{VisibleText.Line(Shown(column.FiniteValue(record)))}{(column.Unit.Length == 0 ? "" : " " + column.Unit)}";

    private static string Shown(object? value) => value is Series { Count: > ShownOfList } list
        ? string.Create(
            CultureInfo.InvariantCulture, $"[{string.Join(',', list.Take(ShownOfList).Select(number => Cell.Exact(number)))},…] ({list.Count} values)")
        : Cell.Exact(value);
}
