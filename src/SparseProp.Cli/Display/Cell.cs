using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>A value of a table in print: texts, truths, numbers, lists of these, and JSON; null is no value.</summary>
internal static class Cell
{
    private const int MostInTerminal = 60;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For people: six digits.</summary>
    public static string Shown(object? value) => value switch
    {
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        float number => number.ToString("G6", CultureInfo.InvariantCulture),
        _ => Exact(value),
    };

    /// <summary>As <see cref="Shown"/>, no longer than a column of a terminal should be.</summary>
    public static string Short(object? value) =>
        TableLayout.Shortened(Shown(value).ReplaceLineEndings(" "), MostInTerminal);

    /// <summary>For programs: numbers round-trip, lists are JSON.</summary>
    public static string Exact(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        JsonNode json => json.ToJsonString(Readable),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => Json(value)?.ToJsonString(Readable) ?? "",
    };

    public static JsonNode? Json(object? value) => value switch
    {
        null => null,
        JsonNode json => json.DeepClone(),
        string text => text,
        bool truth => truth,
        double number => double.IsFinite(number) ? number : null,
        float number => float.IsFinite(number) ? number : null,
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal or BigInteger => JsonNode.Parse(Exact(value)),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Json)]),
        _ => Exact(value),
    };
}
