using System.Globalization;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Expressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Makes a network of its template and values of its parameters. For one use.</summary>
internal sealed class NetworkEvaluator
{
    private readonly NetworkTemplate _template;
    private readonly NetworkDraft _draft;
    private readonly NetworkValues _given;
    private readonly double[] _values;
    private readonly Evaluation _evaluation;
    private List<SweepFileError>? _errors;
    private List<SweepFileWarning>? _warnings;

    public NetworkEvaluator(NetworkTemplate template, NetworkValues given)
    {
        _template = template;
        _draft = template.Draft;
        _given = given;
        _values = new double[_draft.Slots.Slots.Count];
        _evaluation = new Evaluation(_values);
    }

    private bool IsFaulty => _errors is not null;

    /// <summary>The numbers where no parameter is given; NaN where there is none.</summary>
    public double[] Defaults()
    {
        foreach (var slot in _draft.Slots.Slots)
        {
            _evaluation.Reset();
            _values[slot.Place] = slot.Bound?.ValueIn(_evaluation) ?? slot.Default;
        }

        return _values;
    }

    public NetworkEvaluation Run()
    {
        EvaluateNumbers();
        var values = ValuesOfParameters();
        if (IsFaulty)
        {
            return new NetworkEvaluation(null, values, _errors!, []);
        }

        var quantities = new QuantityBuilder(_values, Fail, Doubt);
        var selections = new SelectionBuilder(_draft, _values, ChoiceOf, Fail);
        var description = new NetworkDescription
        {
            Populations = new PopulationBuilder(_draft, quantities, selections, Fail).Build(),
            Projections = new ProjectionBuilder(_draft, quantities, selections, Fail).Build(),
            Inputs = new InputBuilder(_draft, quantities, selections, Fail).Build(),
            Initial =
            [
                .. _draft.Initial.SelectMany(initial => selections.Build(initial.Of, "initial")
                    .Select(part => new InitialValue(part, quantities.Build(initial.Potential) ?? Quantity.Of(0)))),
            ],
            Silenced = selections.Build(_draft.Silenced, "silence"),
            VoltageUnit = _template.VoltageUnit,
        };
        if (!IsFaulty && description.Neurons > int.MaxValue)
        {
            Fail(_draft.Populations.Values.First().At, "populations", $"the network has {description.Neurons} neurons, and at most {int.MaxValue} can be told apart");
        }

        return IsFaulty ? new NetworkEvaluation(null, values, _errors!, []) : new NetworkEvaluation(description, values, [], _warnings ?? []);
    }

    private void EvaluateNumbers()
    {
        var given = new double?[_values.Length];
        foreach (var (name, value, _) in _given.All)
        {
            if (_template.Find(name) is { Slot: { } slot })
            {
                given[slot.Place] = value.Real;
            }
        }

        foreach (var slot in _draft.Slots.Slots)
        {
            var value = given[slot.Place] ?? slot.Bound?.ValueIn(_evaluation) ?? slot.Default;
            if (_evaluation.Failure is { } failure)
            {
                // What reads it has no value either, and that is no fault of its own.
                if (!double.IsNaN(value) || !_values.AsSpan().Contains(double.NaN))
                {
                    Fail(slot.Formula!.PositionOf(failure.Part.At), slot.Name, $"{slot.Formula}: {failure.Reason}{At(slot)}");
                }

                _evaluation.Reset();
            }
            else if (!double.IsNaN(value) && (slot.Bound is not null || given[slot.Place] is not null) && slot.Rule.Apply(ref value) is { } fault)
            {
                Fail(slot.At, slot.Name, $"{slot.Formula?.ToString() ?? slot.Name} {fault}{At(slot)}");
            }

            _values[slot.Place] = value;
        }
    }

    /// <summary>" (g = 5, eta = 1)": the point, or what a number reads where the point is the network itself.</summary>
    private string At(Slot slot)
    {
        var parts = _given.All.Count > 0
            ? _given.All.Select(pair => (pair.Name, Text: _template.Find(pair.Name)?.TextOf(pair.Value) ?? ""))
            : slot.Bound?.All.OfType<PlaceExpression>().DistinctBy(place => place.Place).Select(place =>
                (place.Name, Text: string.Create(CultureInfo.InvariantCulture, $"{_values[place.Place]:R} {place.Dimension.Unit}").TrimEnd())) ?? [];
        var point = string.Join(", ", parts.Select(part => $"{part.Name} = {part.Text}"));
        return point.Length > 0 ? $" ({point})" : "";
    }

    private NetworkValues ValuesOfParameters()
    {
        if (_template.Parameters.Count == 0 && _given.All.Count == 0)
        {
            return _given;
        }

        var values = _template.Parameters.Select(parameter =>
            parameter.ValueOf(parameter.Slot is { } slot ? ParameterValue.Of(_values[slot.Place]) : ChosenIn(parameter.Name)));
        return NetworkValues.Of(values.Concat(_given.All.Where(pair => !_draft.Parameters.ContainsKey(pair.Name))));
    }

    private SelectionList ChoiceOf(string name) => _template.Find(name)!.ChoiceOf(ChosenIn(name));

    private ParameterValue ChosenIn(string name) => _given.Find(name)?.Value ?? new ParameterValue(0);

    private void Fail(Position at, string key, string message)
    {
        var point = _given.All.Count > 0 && !message.EndsWith(')')
            ? $" ({string.Join(", ", _given.All.Select(pair => $"{pair.Name} = {_template.Find(pair.Name)?.TextOf(pair.Value)}"))})"
            : "";
        (_errors ??= []).Add(new SweepFileError(_template.FileName, at.Line, at.Column, key, message + point));
    }

    private void Doubt(Position at, string key, string message)
    {
        var warning = new SweepFileWarning(_template.FileName, at.Line, at.Column, key, message);
        if (_warnings?.Contains(warning) != true)
        {
            (_warnings ??= []).Add(warning);
        }
    }
}
