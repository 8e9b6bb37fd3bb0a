using SparseProp.Engine.Networks.Description;

namespace SparseProp.Engine.Populations;

/// <summary>Which networks of populations can be simulated.</summary>
public static partial class NetworkRules
{
    /// <summary>
    /// All that is wrong with <paramref name="network"/>, each with the path of what is wrong, such as <c>populations.E.tau</c>; empty when
    /// it can be simulated.
    /// </summary>
    public static IReadOnlyList<ParameterError> Check(NetworkDescription network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var errors = new List<ParameterError>();
        CheckNames("populations", network.Populations.Select(population => population.Name), errors);
        CheckNames("projections", network.Projections.Select(projection => projection.Name), errors);
        CheckNames("inputs", network.Inputs.Select(input => input.Name), errors);
        if (network.Populations.Count == 0)
        {
            errors.Add(new("populations", "the network has no populations; give at least one"));
        }
        else if (network.Neurons > int.MaxValue - 64)
        {
            errors.Add(new("populations", $"the network has {network.Neurons} neurons; at most {int.MaxValue - 64} can be simulated"));
        }

        foreach (var population in network.Populations)
        {
            CheckPopulation(population, errors);
        }

        if (errors.Count > 0)
        {
            return errors;
        }

        var sizes = network.Populations.ToDictionary(population => population.Name);
        foreach (var projection in network.Projections)
        {
            CheckProjection(projection, sizes, errors);
        }

        CheckDelays(network, errors);
        foreach (var input in network.Inputs)
        {
            CheckInput(input, sizes, errors);
        }

        CheckInitial(network, sizes, errors);
        for (var i = 0; i < network.Silenced.Count; i++)
        {
            CheckSelection($"silence.{i}", network.Silenced[i], sizes, allowSources: true, errors);
        }

        return errors;
    }

    private static void CheckNames(string kind, IEnumerable<string> names, List<ParameterError> errors)
    {
        foreach (var group in names.GroupBy(name => name))
        {
            if (string.IsNullOrWhiteSpace(group.Key))
            {
                errors.Add(new(kind, $"one of the {kind} has no name; by names random numbers are drawn"));
            }
            else if (group.Count() > 1)
            {
                errors.Add(new($"{kind}.{group.Key}", $"{group.Count()} of the {kind} have the name '{group.Key}'; give each its own"));
            }
        }
    }

    private static void CheckInitial(NetworkDescription network, Dictionary<string, Population> populations, List<ParameterError> errors)
    {
        for (var i = 0; i < network.Initial.Count; i++)
        {
            var (path, initial) = ($"initial.{i}", network.Initial[i]);
            if (!CheckSelection($"{path}.of", initial.Of, populations, allowSources: false, errors))
            {
                continue;
            }

            var population = populations[initial.Of.Population];
            if (QuantityRange.FaultOf(initial.Potential, CountOf(initial.Of, population)) is { } fault)
            {
                errors.Add(new($"{path}.V", $"the initial potential {fault}"));
            }
            else if (QuantityRange.Of(initial.Potential) is var range
                && ((initial.Potential.IsConstant && !double.IsFinite(range.Least)
                    && !(population.Model == PopulationModel.Qif && double.IsNegativeInfinity(range.Least)))
                || double.IsPositiveInfinity(range.Least)))
            {
                errors.Add(new($"{path}.V", "the initial potential is not finite"));
            }
        }
    }

    /// <summary>Whether a selection names neurons that there are.</summary>
    private static bool CheckSelection(
        string path, Selection selection, Dictionary<string, Population> populations, bool allowSources, List<ParameterError> errors)
    {
        if (!populations.TryGetValue(selection.Population, out var population))
        {
            errors.Add(new(path, $"there is no population '{selection.Population}'{NearestName.Hint(selection.Population, populations.Keys)}"));
            return false;
        }

        if (!allowSources && population.IsSource)
        {
            errors.Add(new(path, $"'{population.Name}' is a source of spikes, which has no potential; name a population of neurons"));
            return false;
        }

        return CheckPart(path, selection, population, errors);
    }

    private static bool CheckPart(string path, Selection selection, Population population, List<ParameterError> errors)
    {
        if (selection.Fraction is { } fraction && !(fraction is >= 0 and <= 1))
        {
            errors.Add(new(path, Text($"a fraction of {fraction} is no part of a population; it must be within 0 and 1")));
            return false;
        }

        var before = -1;
        foreach (var neuron in selection.Neurons ?? [])
        {
            if (neuron <= before || neuron >= population.Size)
            {
                errors.Add(new(path, neuron <= before
                    ? $"neuron {neuron} stands behind neuron {before}; neurons of a part ascend from 0 and come once"
                    : $"neuron {neuron} is none of '{population.Name}', which has {population.Size}, counted from 0"));
                return false;
            }

            before = neuron;
        }

        return true;
    }

    private static int CountOf(Selection selection, Population population) => Draws.Selections.CountOf(selection, population.Size);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
