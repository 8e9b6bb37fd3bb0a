using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace SparseProp.Results.Export;

/// <summary>A column of an answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as DuckDB writes it.</param>
public sealed partial record QueryColumn(string Name, string Type)
{
    // What the reader holds of them is what was asked for.
    private static readonly string[] Numbers =
    [
        "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "BIGNUM", "FLOAT",
        "DOUBLE",
    ];

    private static readonly string[] Plain = [.. Numbers, "BOOLEAN", "VARCHAR", "JSON", "INTERVAL"];

    private static readonly string[] Nested = ["STRUCT(", "MAP(", "UNION("];

    /// <summary>Whether it holds numbers.</summary>
    public bool IsNumber => Numbers.Contains(Type) || IsDecimal;

    /// <summary>Whether it holds lists, structures or maps.</summary>
    public bool IsNested => Type.EndsWith(']') || Nested.Any(kind => Type.StartsWith(kind, StringComparison.Ordinal));

    /// <summary>Whether the reader can be asked for its values as they are.</summary>
    internal bool IsPlain => Plain.Contains(Type);

    private bool IsDecimal => Type.StartsWith("DECIMAL(", StringComparison.Ordinal);

    private bool IsTime => Type == "DATE" || Type.StartsWith("TIMESTAMP", StringComparison.Ordinal);

    /// <summary>What to ask DuckDB for, so that its reader can give it whatever it is.</summary>
    /// <param name="value">The column in the statement.</param>
    internal string Asked(string value) => IsPlain ? value : IsNested ? $"to_json({value})::varchar" : $"{value}::varchar";

    /// <summary>The value in a row of <see cref="Asked"/>: a truth, a number, or a text; of nested columns and decimal numbers JSON; null for none.</summary>
    internal object? Read(DuckDBDataReader reader, int place)
    {
        if (reader.IsDBNull(place))
        {
            return null;
        }

        if (Type == "INTERVAL")
        {
            return Duration(reader.GetFieldValue<DuckDBInterval>(place));
        }

        if (IsPlain)
        {
            return reader.GetValue(place);
        }

        var text = reader.GetString(place);
        return IsNested ? Json(text) : IsDecimal ? JsonNode.Parse(text) : (object?)(IsTime ? Iso(text) : text);
    }

    private JsonNode? Json(string text)
    {
        // DuckDB writes numbers that are not finite, which JSON has no way to write.
        var json = NotFinite().Replace(text, match => match.Value[0] == '"' ? match.Value : "null");
        return JsonNode.Parse(Type.Contains("TIMESTAMP", StringComparison.Ordinal) || Type.Contains("DATE", StringComparison.Ordinal) ? QuotedTime().Replace(json, match => $"\"{Iso(match.Value[1..^1])}\"") : json);
    }

    /// <summary>A date or time as ISO 8601 writes it, with the year 0 before 1; infinite ones as they are.</summary>
    private static string Iso(string time)
    {
        var dated = BeforeChrist().Replace(time, match =>
        {
            var year = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1;
            return string.Create(CultureInfo.InvariantCulture, $"{(year > 0 ? "-" : "")}{year:0000}{match.Groups[2].ValueSpan}");
        });
        var iso = DateAndTime().Replace(dated, "$1T");
        return HoursOfZone().IsMatch(iso) ? iso + ":00" : iso;
    }

    /// <summary>As ISO 8601 writes it: years and months, days, and hours to microseconds have signs of their own.</summary>
    private static string Duration(DuckDBInterval interval)
    {
        const long microsecondsPerSecond = 1_000_000;

        // The reader has the bits of a signed number.
        var microseconds = unchecked((long)interval.Micros);
        var (seconds, fraction) = Math.DivRem(microseconds, microsecondsPerSecond);
        var (years, months) = Math.DivRem(interval.Months, 12);
        var ofSecond = fraction == 0
            ? Part(seconds % 60, 'S')
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(microseconds < 0 ? "-" : "")}{Math.Abs(seconds % 60)}.{Math.Abs(fraction).ToString("D6", CultureInfo.InvariantCulture).TrimEnd('0')}S");
        var date = Part(years, 'Y') + Part(months, 'M') + Part(interval.Days, 'D');
        var time = Part(seconds / 3600, 'H') + Part(seconds / 60 % 60, 'M') + ofSecond;
        return date.Length + time.Length == 0 ? "PT0S" : $"P{date}{(time.Length > 0 ? "T" : "")}{time}";

        static string Part(long count, char unit) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
    }

    [GeneratedRegex("""
        "(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity|inf|nan)\b
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NotFinite();

    [GeneratedRegex(@"""\d{4,}-\d\d-\d\d(?:\ \(BC\))?(?:\ \d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d(?::\d\d)*)?)?""")]
    private static partial Regex QuotedTime();

    [GeneratedRegex(@"^(\d{4,})(-\d\d-\d\d) \(BC\)")]
    private static partial Regex BeforeChrist();

    [GeneratedRegex(@"^(-?\d{4,}-\d\d-\d\d) ")]
    private static partial Regex DateAndTime();

    [GeneratedRegex(@"T\d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d$")]
    private static partial Regex HoursOfZone();
}
