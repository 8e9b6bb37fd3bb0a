using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Networks;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads the values of one axis: a list, <c>first..last</c>, a stepped range, or a single value.</summary>
internal sealed class AxisReader
{
    private readonly ErrorList _errors;
    private readonly Func<Parameter, NetworkParameter?> _network;
    private readonly ValueReader _values;
    private readonly SteppedRangeReader _ranges;

    /// <param name="errors">Where errors go.</param>
    /// <param name="network">What a parameter is to the sweep's network; null where it is none of its.</param>
    public AxisReader(ErrorList errors, Func<Parameter, NetworkParameter?> network)
    {
        (_errors, _network) = (errors, network);
        _values = new ValueReader(errors, network);
        _ranges = new SteppedRangeReader(errors, _values);
    }

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
        // Several parts of a network are one value.
        var several = entry.Value is ListNode && _network(parameter)?.IsSelection != true
            || entry.Value is MapNode
            || (entry.Value is ScalarNode scalar && Numbers.IsIntegerRange(scalar.Text, out _, out _));
        if (several)
        {
            _errors.Add(entry.Value.At, parameter.Name, "`fixed` takes one value; write several under `grid`");
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
            _errors.Add(list.At, parameter.Name, "the axis is empty; give it at least one value");
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
            _errors.Add(at, parameter.Name, $"expected the name of a {parameter.Noun} but found a range; list the names: [{string.Join(", ", parameter.Vocabulary.Take(2))}]");
            return null;
        }

        if (_network(parameter) is { TakesNumbers: false } withUnit)
        {
            _errors.Add(at, parameter.Name, $"{parameter.Name} is in {withUnit.Unit}, and a range such as {firstText}..{lastText} has no unit; list its values: [{firstText} {withUnit.Unit}, {lastText} {withUnit.Unit}]");
            return null;
        }

        if (_values.ReadInteger(parameter, at, firstText) is not { } first
            || _values.ReadInteger(parameter, at, lastText) is not { } last)
        {
            return null;
        }

        if (first > last)
        {
            _errors.Add(at, parameter.Name, $"the axis is empty: {first}..{last} runs upwards; write {last}..{first}");
            return null;
        }

        if ((Int128)last - first >= SizeLimit.Points)
        {
            _errors.Add(at, parameter.Name, $"{first}..{last} has more than {SizeLimit.Text} values; shorten the range");
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

        _errors.Add(at, parameter.Name, "integers this large are not exact as double-precision numbers; use smaller ones");
        return false;
    }
}
