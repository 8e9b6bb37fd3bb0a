using System.Globalization;
using SparseProp.Engine.Networks.Description;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Makes populations of evaluated numbers.</summary>
internal sealed class PopulationBuilder(
    NetworkDraft draft, QuantityBuilder quantities, SelectionBuilder selections, Action<Position, string, string> fail)
{
    public IReadOnlyList<Population> Build()
    {
        var overrides = draft.Overrides
            .SelectMany(part => selections.Build(part.Of, "overrides").SelectMany(of => part.Values.Select(value => (Of: of, Value: value))))
            .ToLookup(part => part.Of.Population);
        return [.. draft.Populations.Values.Select(population => Build(population, overrides[population.Name]))];
    }

    private Population Build(PopulationTemplate template, IEnumerable<(Selection Of, ValueTemplate Value)> overrides)
    {
        var size = selections.SizeOf(template.Name);
        var population = new Population { Name = template.Name, Model = template.Model, Size = size };
        if (template.Spikes?.Beyond(template.Name, size) is { } beyond)
        {
            fail(template.At, $"{template.Name}.file", beyond);
        }

        if (population.IsSource)
        {
            foreach (var (_, value) in overrides)
            {
                fail(value.At, value.Name, $"{template.Name} is a source without state; nothing of it can be overridden");
            }

            return population with
            {
                Rate = template.Rate is { } rate ? quantities.Build(rate) ?? population.Rate : population.Rate,
                Spikes = template.Spikes?.Spikes,
            };
        }

        population = population with
        {
            Tau = Of(PopulationKey.Tau, population.Tau),
            Threshold = Of(PopulationKey.Threshold, population.Threshold),
            Reset = Of(PopulationKey.Reset, population.Reset),
            Rest = Of(PopulationKey.Rest, population.Rest),
            Drive = Of(PopulationKey.Drive, population.Drive),
            Refractory = Of(PopulationKey.Refractory, population.Refractory),
            DeltaV = Of(PopulationKey.DeltaV, Quantity.Of(0)).First,
            Onset = Of(PopulationKey.Onset, Quantity.Of(0)).First,
            Overrides = [.. overrides.Select(part => OverrideOf(template, part.Of, part.Value)).OfType<Override>()],
        };
        CheckReset(template, population);
        return population;

        Quantity Of(string key, Quantity otherwise) =>
            template.Values.TryGetValue(key, out var value) ? quantities.Build(value, template.Labels?.Table) ?? otherwise : otherwise;
    }

    private Override? OverrideOf(PopulationTemplate template, Selection of, ValueTemplate value)
    {
        var key = value.Name[(value.Name.LastIndexOf('.') + 1)..];
        if (!template.Values.ContainsKey(key))
        {
            fail(value.At, value.Name, $"{template.Name} is of a model without {key}");
            return null;
        }

        return quantities.Build(value) is { } quantity ? new Override(of, key, quantity) : null;
    }

    // A neuron whose reset reaches the threshold would spike without end.
    private void CheckReset(PopulationTemplate template, Population population)
    {
        IEnumerable<(Quantity Value, ValueTemplate At)> Given(string key, Quantity value) =>
            draft.Overrides.SelectMany(part => part.Values).Where(part => part.Name.EndsWith("." + key, StringComparison.Ordinal))
                .Where(part => population.Overrides.Any(set => set.Key == key))
                .Select(part => (population.Overrides.Last(set => set.Key == key).Value, part))
                .Prepend((value, template.Values[key]));

        foreach (var (threshold, thresholdAt) in Given(PopulationKey.Threshold, population.Threshold))
        {
            foreach (var (reset, _) in Given(PopulationKey.Reset, population.Reset))
            {
                var (least, largest) = (QuantityBuilder.RangeOf(threshold).Least, QuantityBuilder.RangeOf(reset).Largest);
                if (least <= largest)
                {
                    var fault = threshold.IsConstant && reset.IsConstant
                        ? $"the threshold {least:R} is not above the reset {largest:R}, so that a neuron would spike without end"
                        : $"the threshold may be drawn at or below the reset (from {least:R} against {largest:R}); add min to it, or max to the reset";
                    fail(thresholdAt.At, thresholdAt.Name, string.Create(CultureInfo.InvariantCulture, $"{fault}"));
                    return;
                }
            }
        }
    }
}
