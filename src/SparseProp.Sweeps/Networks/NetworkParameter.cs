using System.Globalization;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Expressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>
/// Something of a network that sweeps and <c>--set</c> may vary: a declared parameter, or a path such as <c>populations.E.tau</c>.
/// </summary>
public sealed class NetworkParameter
{
    private readonly Slot? _slot;
    private readonly Position? _voltageAt;
    private readonly NetworkDraft? _draft;
    private readonly List<SelectionList> _choices = [];
    private readonly List<string> _texts = [];

    internal NetworkParameter(string name, Slot slot, ParameterValue value, Position? voltageAt)
    {
        (Name, _slot, _voltageAt) = (name, slot, voltageAt);
        Unit = slot.Dimension.Unit;
        Parameter = Parameter.OfNetwork(name, Unit, isChoice: false) with { Get = point => point.NetworkValues?.Find(name)?.Value ?? value };
    }

    internal NetworkParameter(string name, SelectionList choice, NetworkDraft draft)
    {
        (Name, _draft, Unit) = (name, draft, "");
        _choices.Add(choice);
        _texts.Add(choice.ToString());
        Parameter = Parameter.OfNetwork(name, Unit, isChoice: true) with
        {
            Vocabulary = _texts,
            Get = point => point.NetworkValues?.Find(name) is not { } value ? default : value.Word is { } word ? new ParameterValue(_texts.IndexOf(word)) : value.Value,
            Set = (point, value) => point with { NetworkValues = (point.NetworkValues ?? NetworkValues.Empty).With(ValueOf(value)) },
        };
    }

    public string Name { get; }

    /// <summary>The unit that its values are in: s, Hz, mV or a product of such; empty for numbers.</summary>
    public string Unit { get; }

    /// <summary>Whether it stands for neurons rather than for a number.</summary>
    public bool IsSelection => _slot is null;

    /// <summary>Whether plain numbers are values of it: seconds and Hz need no unit, voltages beside others do.</summary>
    internal bool TakesNumbers => _slot is { } slot && (slot.Dimension == Dimension.None || slot.Dimension == Dimension.OfTime || slot.Dimension == Dimension.OfRate);

    /// <summary>Its declaration, as that of every parameter.</summary>
    public Parameter Parameter { get; }

    internal Slot? Slot => _slot;

    internal SelectionList ChoiceOf(ParameterValue value) => _choices[(int)value.Whole];

    /// <summary>The value as it is written in a network file: with its unit.</summary>
    public string TextOf(ParameterValue value) => IsSelection ? _texts[(int)value.Whole] : string.Create(
        CultureInfo.InvariantCulture, $"{value.Real:R}{(Unit.Length > 0 ? " " : "")}{Unit}");

    /// <summary>A value, as points have it.</summary>
    public NetworkValue ValueOf(ParameterValue value) => new(Name, value, IsSelection ? _texts[(int)value.Whole] : null);

    /// <summary>Reads a value that is given as text, such as that of <c>--set</c>.</summary>
    /// <returns>The value; null where the text is none, for which <paramref name="fault"/> says why.</returns>
    public ParameterValue? Read(string text, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        var errors = new ErrorList("");
        Node node = new ScalarNode(Position.Start, text, IsPlain: true) { IsVerbatim = true };
        if (IsSelection && text.StartsWith('[') && NodeReader.Read(text, errors) is ListNode list)
        {
            node = list;
        }

        var value = Read(node, errors);
        fault = value is null ? errors.ToException().Errors[0].Message : null;
        return value;
    }

    /// <summary>Reads a value: a number or expression without names, or a part of a population.</summary>
    /// <returns>The value; null after noting what is wrong.</returns>
    internal ParameterValue? Read(Node node, ErrorList errors) => IsSelection ? ReadChoice(node, errors) : ReadNumber(node, errors);

    private ParameterValue? ReadNumber(Node node, ErrorList errors)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
        {
            errors.Add(node.At, Name, $"expected a value but found {node.Description}");
            return null;
        }

        if (Formula.Read(scalar, Name, errors) is not { } formula)
        {
            return null;
        }

        var check = new DimensionCheck(formula, Name, errors, name =>
        {
            errors.Add(formula.PositionOf(name.At), Name, $"a value of {Name} is a number or an expression of numbers, without the name {name.Name}");
            return null;
        });
        if (formula.Root.DimensionIn(check) is not { } found)
        {
            return null;
        }

        // The parameter's own example has its unit.
        var rule = _slot!.Rule.Dimension is null ? NumberRule.Any with { Example = $"1 {Unit}" } : _slot.Rule;
        var fault = found == Dimension.OfVoltage && _voltageAt is null
            ? "the network has no units of voltage; write a number"
            : QuantityFault.Of(found, _slot.Dimension, formula, rule, _voltageAt);
        if (fault is not null)
        {
            errors.Add(scalar.At, Name, fault);
            return null;
        }

        var evaluation = new Evaluation([]);
        var value = formula.Root.ValueIn(evaluation);
        if (evaluation.Failure is { } failure)
        {
            errors.Add(formula.PositionOf(failure.Part.At), Name, $"{formula}: {failure.Reason}");
            return null;
        }

        if (_slot.Rule.Apply(ref value) is { } wrong)
        {
            errors.Add(scalar.At, Name, $"{formula} {wrong}");
            return null;
        }

        return ParameterValue.Of(value);
    }

    private ParameterValue? ReadChoice(Node node, ErrorList errors)
    {
        if (new SelectionReader(_draft!, errors).Read(node, Name, allowsParameters: false) is not { } choice)
        {
            return null;
        }

        var text = choice.ToString();
        var place = _texts.IndexOf(text);
        if (place < 0)
        {
            place = _texts.Count;
            _choices.Add(choice);
            _texts.Add(text);
        }

        return new ParameterValue(place);
    }
}
