using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Reading;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Checks;

/// <summary>Whether what is expected is expected of any point: known before the start, and not to be found out at the end of a sweep of days.</summary>
internal sealed class ConditionCheck(SpecDraft draft, ErrorList errors)
{
    public void Run()
    {
        foreach (var (expectation, at) in draft.Expectations)
        {
            Check(expectation.Points, at);
        }
    }

    // A network of one's own has no model for the whole.
    private IReadOnlyList<NeuronModel> Models => draft.HasNetwork ? [NeuronModel.Lif] : draft.Models();

    private void Check(IReadOnlyList<ExpectedPoint> conditions, Position at)
    {
        // What is missing or could not be read is an error of its own.
        if (Models.Count == 0 || conditions.Any(condition => IsMissing(condition.Parameter)))
        {
            return;
        }

        var impossible = conditions.Where(condition => !IsPossible([condition])).ToList();
        foreach (var condition in impossible)
        {
            errors.Add(condition.At, "expect", $"no point of the sweep has {condition}{WhatThereIs(condition.Parameter)}");
        }

        if (impossible.Count == 0 && !IsPossible(conditions))
        {
            errors.Add(at, "expect", $"no point of the sweep has all of {string.Join(", ", conditions)}");
        }
    }

    private bool IsMissing(Parameter parameter) => draft.Find(parameter.Name) is null
        && (draft.Given.ContainsKey(parameter.Name) || parameter == SimulationParameter.N || parameter == SimulationParameter.K);

    private bool IsPossible(IReadOnlyList<ExpectedPoint> conditions) => Models.Any(model =>
        conditions.All(condition => condition.Parameter == SimulationParameter.Model
            ? condition.Value == ParameterValue.Of((long)model)
            : IsOf(condition, model))
        && ZipHas([.. conditions.Where(condition => condition.Parameter == SimulationParameter.Model || condition.Parameter.IsReadBy(model))], model));

    // What a model does not read has its default in all of its points.
    private bool IsOf(ExpectedPoint condition, NeuronModel model)
    {
        var parameter = condition.Parameter;
        if (!draft.IsTraining && AxisParameters.OfTraining.Contains(parameter))
        {
            return false;
        }

        return parameter.IsReadBy(model) && draft.Find(parameter.Name) is { } axis
            ? axis.Values.IndexOf(condition.Value) >= 0
            : parameter.IsDeclaredByNetwork || condition.Value == parameter.Default;
    }

    /// <summary>Whether one row of the zip has all that is asked of its axes.</summary>
    private bool ZipHas(IReadOnlyList<ExpectedPoint> conditions, NeuronModel model)
    {
        List<(SweepAxis Axis, ParameterValue Value)> asked =
            [.. draft.Zip.SelectMany(axis => conditions.Where(condition => condition.Parameter == axis.Parameter).Select(condition => (axis, condition.Value)))];
        asked.AddRange(draft.Zip.Where(axis => axis.Parameter == SimulationParameter.Model).Select(axis => (axis, ParameterValue.Of((long)model))));
        if (asked.Count == 0)
        {
            return true;
        }

        // A range has every value once; a list is no longer than its file.
        var rows = asked.FirstOrDefault(part => part.Axis.Values.AreDistinct) is ({ } distinct, var value)
            ? [distinct.Values.IndexOf(value)]
            : Enumerable.Range(0, (int)asked[0].Axis.Count).Select(row => (long)row);
        return rows.Any(row => row >= 0 && asked.All(part => row < part.Axis.Count && part.Axis.Values[row] == part.Value));
    }

    private string WhatThereIs(Parameter parameter)
    {
        const int mostShown = 8;
        if (!draft.IsTraining && AxisParameters.OfTraining.Contains(parameter))
        {
            return ": only training has it";
        }

        if (draft.Find(parameter.Name) is not { } axis)
        {
            return $": it is {parameter.TextOf(parameter.Default)} where the file does not say";
        }

        var shown = string.Join(", ", Enumerable.Range(0, (int)Math.Min(mostShown, axis.Count)).Select(place => axis.TextAt(place)));
        return $", which is {shown}{(axis.Count > mostShown ? $" … {axis.TextAt(axis.Count - 1)}" : "")} (see {axis.KeyAt})";
    }
}
