using System.Globalization;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Results.Records;

namespace SparseProp.Results.Filters;

/// <summary>A column by its name in a filter, and what can be claimed of it.</summary>
internal sealed class FilterColumn
{
    private static readonly string[] Truths = ["true", "false"];

    private readonly RecordColumn _column;

    private FilterColumn(RecordColumn column) => _column = column;

    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static FilterColumn Named(string name, RecordColumns columns)
    {
        var column = columns.Find(name) ?? columns.Find(RecordColumn.ShortNames.GetValueOrDefault(name, name)) ?? (RecordColumn.FindValue(name) is { } value ? columns.Find(value.Name) : null);
        return column is null
            ? throw new ArgumentException(
                $"'{name}' is no column{NearestName.Hint(name, columns.All.Select(known => known.Name))}; there are {string.Join(", ", columns.All.Select(known => known.Name))}")
            : new FilterColumn(column);
    }

    // Of a column of text that has so many words and no others.
    private IReadOnlyList<string>? Vocabulary =>
        _column.Name == RecordNames.Of(RecordField.Status) ? RecordNames.Statuses : _column.Parameter is { Kind: ParameterKind.Word, IsDeclaredByNetwork: false } word ? word.Vocabulary : null;

    /// <exception cref="ArgumentException">The column has no such values, or cannot be compared so.</exception>
    public RecordTest Compared(string comparison, string value)
    {
        var order = OrderAgainst(value);
        Func<int, bool> holds = comparison switch
        {
            "=" or "==" => sign => sign == 0,
            "!=" or "<>" => sign => sign != 0,
            _ when _column.Kind == ColumnKind.Truth => throw new ArgumentException(
                $"{_column.Name} is true or false and cannot be compared by {comparison}"),
            "<" => sign => sign < 0,
            "<=" => sign => sign <= 0,
            ">" => sign => sign > 0,
            _ => sign => sign >= 0,
        };
        return record => order(record) is { } sign ? holds(sign) : null;
    }

    /// <exception cref="ArgumentException">The column has no such values.</exception>
    public RecordTest OneOf(IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException($"{_column.Name} in () names no value");
        }

        RecordTest[] tests = [.. values.Select(value => Compared("=", value))];
        return record => tests.Aggregate((bool?)false, (found, test) => found | test(record));
    }

    public RecordTest IsNull() => record => _column.FiniteValue(record) is null;

    /// <exception cref="ArgumentException">The column holds no truths.</exception>
    public RecordTest IsTrue() => _column.Kind == ColumnKind.Truth
        ? Compared("=", "true")
        : throw new ArgumentException($"{_column.Name} is not true or false: write what it is compared with, such as {_column.Name} = …");

    /// <summary>The sign of a record's value less <paramref name="value"/>; null where the record has none.</summary>
    private Func<PointRecord, int?> OrderAgainst(string value)
    {
        switch (_column.Kind)
        {
            case ColumnKind.Text:
                RequireKnown(value, Vocabulary);
                return record => _column.Value(record) is string text ? string.CompareOrdinal(text, value) : null;
            case ColumnKind.Truth:
                RequireKnown(value, Truths);
                var truth = value == "true";
                return record => _column.Value(record) is bool found ? found.CompareTo(truth) : null;

            // Seeds may be larger than the integers that a double tells apart.
            case ColumnKind.Whole when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer):
                return record => _column.Value(record) is long found ? found.CompareTo(integer) : null;
            case ColumnKind.Whole or ColumnKind.Number:
                var number = NumberIn(value);
                return record => _column.FiniteValue(record) is { } found
                    ? Convert.ToDouble(found, CultureInfo.InvariantCulture).CompareTo(number)
                    : null;
            default:
                throw new ArgumentException($"{_column.Name} holds lists; a filter can only ask whether it is null");
        }
    }

    private double NumberIn(string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new ArgumentException($"{_column.Name} is a number and cannot be compared with '{value}'");

    private void RequireKnown(string value, IReadOnlyList<string>? known)
    {
        if (known is not null && !known.Contains(value))
        {
            throw new ArgumentException(
                $"{_column.Name} is never '{value}'{NearestName.Hint(value, known)}; it is one of {string.Join(", ", known)}");
        }
    }
}
