using System.Globalization;
using SparseProp.Engine.Networks.Description;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Makes inputs of evaluated numbers: one for each part that they go to.</summary>
internal sealed class InputBuilder(
    NetworkDraft draft, QuantityBuilder quantities, SelectionBuilder selections, Action<Position, string, string> fail)
{
    private readonly Dictionary<string, int> _unnamed = [];

    public IReadOnlyList<ExternalInput> Build() => [.. draft.Inputs.SelectMany(Build)];

    private IEnumerable<ExternalInput> Build(InputTemplate template)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"inputs.{template.Place}.");
        var to = selections.Build(template.To, prefix + "to");
        foreach (var part in to)
        {
            if (draft.Populations[part.Population].Model is PopulationModel.Poisson or PopulationModel.Spikes)
            {
                fail(template.At, prefix + "to", $"{part.Population} is a source without state; nothing can act on it");
            }

            if (template.Spikes?.Beyond(part.Population, selections.SizeOf(part.Population)) is { } beyond)
            {
                fail(template.At, prefix + "spikes", beyond);
            }

            var weight = template.Weight is { } written ? quantities.Build(written) : Quantity.Of(0);
            var course = template.Course is { } varying ? quantities.Build(varying) : TimeCourse.Constant(0);
            if (weight is null || course is null)
            {
                yield break;
            }

            yield return new ExternalInput
            {
                Name = NameOf(template, part, to.Count == 1),
                To = part,
                Kind = template.Kind,
                Course = course,
                Sources = template.Sources is { } sources ? quantities.ValueOf(sources) : 1,
                Shared = template.Shared,
                Weight = weight,
                Spikes = template.Spikes?.Spikes,
            };
        }
    }

    private string NameOf(InputTemplate template, Selection part, bool isSingle)
    {
        if (template.Name is not null && isSingle)
        {
            return template.Name;
        }

        var name = $"{template.Name ?? template.Kind.ToString().ToLowerInvariant()}->{part.Population}";
        var before = _unnamed[name] = _unnamed.GetValueOrDefault(name) + 1;
        return before == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {before}");
    }
}
