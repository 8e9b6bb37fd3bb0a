using System.Globalization;
using SparseProp.Engine.Networks.Description;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Makes projections of evaluated numbers: one for each pair of parts.</summary>
internal sealed class ProjectionBuilder(
    NetworkDraft draft, QuantityBuilder quantities, SelectionBuilder selections, Action<Position, string, string> fail)
{
    private const int Most = 100_000;

    private readonly Dictionary<string, int> _unnamed = [];
    private readonly List<Projection> _built = [];
    private (Position At, string Name)? _immediate;
    private (Position At, string Name)? _delayed;

    public IReadOnlyList<Projection> Build()
    {
        foreach (var template in draft.Projections)
        {
            Build(template);
        }

        return _built;
    }

    private void Build(ProjectionTemplate template)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"projections.{template.Place}.");
        var from = selections.Build(template.From, prefix + "from");
        var to = selections.Build(template.To, prefix + "to");
        if (_built.Count + ((long)from.Count * to.Count) > Most)
        {
            fail(template.At, prefix.TrimEnd('.'), $"the network has more than {Most} pairs of parts that are connected");
            return;
        }

        if (quantities.Build(template.Weight, template.Edges?.Table) is not { } weight || quantities.Build(template.Delay, template.Edges?.Table) is not { } delay)
        {
            return;
        }

        CheckDelay(template, delay);
        CheckEdges(template, prefix);
        var isSingle = from.Count == 1 && to.Count == 1;
        foreach (var source in from)
        {
            foreach (var target in to)
            {
                CheckTarget(template, target, prefix);
                CheckAmount(template, source, target, prefix);
                _built.Add(new Projection
                {
                    Name = NameOf(template, source, target, isSingle),
                    From = source,
                    To = target,
                    Rule = template.Rule,
                    Amount = template.Amount is { } amount ? quantities.ValueOf(amount) : 0,
                    Autapses = template.Autapses,
                    Multapses = template.Multapses,
                    Weight = weight,
                    Delay = delay,
                    Edges = template.Edges?.Edges,
                });
            }
        }
    }

    // By the pair rather than by the place in the file, so that another projection before it changes no draws.
    private string NameOf(ProjectionTemplate template, Selection source, Selection target, bool isSingle)
    {
        var pair = $"{source.Population}->{target.Population}";
        if (template.Name is not null && isSingle)
        {
            return template.Name;
        }

        var name = template.Name is null ? pair : $"{template.Name} {pair}";
        var before = _unnamed[name] = _unnamed.GetValueOrDefault(name) + 1;
        return before == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {before}");
    }

    private void CheckTarget(ProjectionTemplate template, Selection target, string prefix)
    {
        if (draft.Populations[target.Population].Model is PopulationModel.Poisson or PopulationModel.Spikes)
        {
            fail(template.At, prefix + "to", $"{target.Population} is a source without state; nothing can act on it");
        }
    }

    private void CheckDelay(ProjectionTemplate template, Quantity delay)
    {
        var (least, largest) = QuantityBuilder.RangeOf(delay);
        if (largest == 0)
        {
            _immediate ??= (template.Delay.At, template.Delay.Name);
        }
        else if (least > 0)
        {
            _delayed ??= (template.Delay.At, template.Delay.Name);
        }
        else
        {
            fail(template.Delay.At, template.Delay.Name, "some of these delays may be 0 and others above 0; add min: 0.1 ms");
            return;
        }

        if (_immediate is var (zeroAt, zero) && _delayed is var (aboveAt, above))
        {
            fail(
                template.Delay.At,
                template.Delay.Name,
                $"either all delays are 0 or all are above 0, but {zero} at {zeroAt} is 0 and {above} at {aboveAt} is not");
            (_immediate, _delayed) = (null, null);
        }
    }

    private void CheckEdges(ProjectionTemplate template, string prefix)
    {
        if (template.Edges is not { } edges)
        {
            return;
        }

        var fault = edges.Beyond(selections.SizeOf(edges.From), selections.SizeOf(edges.To))
            ?? (edges.Duplicate is var (first, second) && !template.Multapses
                ? $"{edges.Table.PlaceOf(second)}: the same synapse stands at {edges.Table.PlaceOf(first)}; remove one, or write multapses: true"
                : null)
            ?? (edges.Autapse >= 0 && edges.From == edges.To && !template.Autapses
                ? $"{edges.Table.PlaceOf(edges.Autapse)}: a neuron connects to itself; remove the line, or write autapses: true"
                : null);
        if (fault is not null)
        {
            fail(template.At, prefix + "file", fault);
        }
    }

    private void CheckAmount(ProjectionTemplate template, Selection source, Selection target, string prefix)
    {
        var amount = template.Amount is { } slot ? quantities.ValueOf(slot) : 0;
        var (sources, targets) = (selections.CountOf(source), selections.CountOf(target));
        var meets = source.Population == target.Population && !AreApart(source, target);
        var itself = meets && !template.Autapses ? 1 : 0;
        var at = template.Amount?.At ?? template.At;
        switch (template.Rule)
        {
            case ConnectionRule.InDegree:
                CheckDraws("in_degree", source.Population, sources);
                break;
            case ConnectionRule.OutDegree:
                CheckDraws("out_degree", target.Population, targets);
                break;
            case ConnectionRule.Synapses:
                var pairs = ((double)sources * targets) - (itself * Math.Min(sources, targets));
                if (amount > pairs && (!template.Multapses || pairs == 0))
                {
                    fail(at, prefix + "synapses", Text($"synapses is {amount}, but there are {pairs} pairs from {source.Population} to {target.Population}; multapses: true lets a pair have several"));
                }

                break;
            case ConnectionRule.OneToOne when sources != targets:
                fail(template.At, prefix + "rule", $"one_to_one needs as many sources as targets, but {source.Population} has {sources} and {target.Population} has {targets}");
                break;
            default:
                break;
        }

        void CheckDraws(string key, string population, int count)
        {
            var available = count - itself;
            if (amount > available && (!template.Multapses || available <= 0))
            {
                var without = itself > 0 ? $", {available} without the neuron itself" : "";
                fail(at, prefix + key, Text($"{key} is {amount}, but {population} has {count} neurons to draw from{without}; multapses: true lets one be drawn several times"));
            }
        }
    }

    private static bool AreApart(Selection a, Selection b) =>
        a.Neurons is { Count: > 0 } some && b.Neurons is { Count: > 0 } others && (some[^1] < others[0] || others[^1] < some[0]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
