using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads the values of one axis: a list, <c>first..last</c>, a stepped range, or a single value.</summary>
internal sealed class AxisReader(ErrorList errors)
{
    private readonly ValueReader _values = new(errors);
    private readonly SteppedRangeReader _ranges = new(errors);

    /// <summary>The axis, or null after noting what is wrong with it.</summary>
    public SweepAxis? ReadAxis(Parameter parameter, MapEntry entry) => entry.Value switch
    {
        ListNode list => ReadList(parameter, entry.KeyAt, list),
        MapNode map => _ranges.Read(parameter, entry.KeyAt, map),
        ScalarNode { IsPlain: true } scalar when Numbers.IsIntegerRange(scalar.Text, out var first, out var last) =>
            ReadIntegerRange(parameter, entry.KeyAt, scalar.At, first, last),
        _ => ReadSingle(parameter, entry),
    };

    /// <summary>A single value, or null after noting what is wrong with it.</summary>
    public SweepAxis? ReadFixed(Parameter parameter, MapEntry entry)
    {
        var several = entry.Value is ListNode or MapNode
            || (entry.Value is ScalarNode scalar && Numbers.IsIntegerRange(scalar.Text, out _, out _));
        if (several)
        {
            errors.Add(entry.Value.At, parameter.Name, "`fixed` takes one value; write several under `grid`");
            return null;
        }

        return ReadSingle(parameter, entry);
    }

    private SweepAxis? ReadSingle(Parameter parameter, MapEntry entry) =>
        _values.Read(parameter, entry.Value) is { } value
            ? new(parameter, new ListedValues([value]), AxisPositions.OfList(entry.KeyAt, [entry.Value.At]))
            : null;

    private SweepAxis? ReadList(Parameter parameter, Position keyAt, ListNode list)
    {
        if (list.Items.Count == 0)
        {
            errors.Add(list.At, parameter.Name, "the axis is empty; give it at least one value");
            return null;
        }

        var values = new List<ParameterValue>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (_values.Read(parameter, item) is { } value)
            {
                values.Add(value);
            }
        }

        return values.Count == list.Items.Count
            ? new(parameter, new ListedValues(values), AxisPositions.OfList(keyAt, [.. list.Items.Select(item => item.At)]))
            : null;
    }

    private SweepAxis? ReadIntegerRange(Parameter parameter, Position keyAt, Position at, string firstText, string lastText)
    {
        if (parameter.IsText)
        {
            errors.Add(at, parameter.Name, $"expected the name of a {parameter.Noun} but found a range; list the names: [{string.Join(", ", parameter.Vocabulary.Take(2))}]");
            return null;
        }

        if (_values.ReadInteger(parameter, at, firstText) is not { } first
            || _values.ReadInteger(parameter, at, lastText) is not { } last)
        {
            return null;
        }

        if (first > last)
        {
            errors.Add(at, parameter.Name, $"the axis is empty: {first}..{last} runs upwards; write {last}..{first}");
            return null;
        }

        if ((Int128)last - first >= SizeLimit.Points)
        {
            errors.Add(at, parameter.Name, $"{first}..{last} has more than {SizeLimit.Text} values; shorten the range");
            return null;
        }

        var isReal = parameter.Kind == ParameterKind.Real;
        var values = new SteppedValues(
            last - first + 1, isReal, i => isReal ? ParameterValue.Of((double)(first + i)) : ParameterValue.Of(first + i));
        return CheckExact(parameter, at, first, last) ? new(parameter, values, new(keyAt, at, at, at)) : null;
    }

    private bool CheckExact(Parameter parameter, Position at, long first, long last)
    {
        if (parameter.Kind != ParameterKind.Real || (first >= -Numbers.LargestExactInteger && last <= Numbers.LargestExactInteger))
        {
            return true;
        }

        errors.Add(at, parameter.Name, "integers this large are not exact as double-precision numbers; use smaller ones");
        return false;
    }
}
