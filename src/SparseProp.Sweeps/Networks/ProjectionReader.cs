using SparseProp.Engine.Networks.Description;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Reads <c>projections</c>.</summary>
internal sealed class ProjectionReader(NetworkDraft draft)
{
    private const string Example = "{ from: E, to: I, in_degree: 100, weight: 0.1 mV, delay: 1.5 ms }";

    private const int Most = 10_000;

    private static readonly (string Key, ConnectionRule Rule, NumberRule Amount)[] AmountRules =
    [
        ("in_degree", ConnectionRule.InDegree, NumberRule.Count),
        ("out_degree", ConnectionRule.OutDegree, NumberRule.Count),
        ("probability", ConnectionRule.Probability, NumberRule.Share),
        ("synapses", ConnectionRule.Synapses, NumberRule.Count),
    ];

    private static readonly (string Name, ConnectionRule Rule)[] NamedRules =
    [
        ("one_to_one", ConnectionRule.OneToOne), ("all_to_all", ConnectionRule.AllToAll),
    ];

    private static readonly string[] RuleKeys = [.. AmountRules.Select(rule => rule.Key), "rule", "file"];
    private static readonly string[] QuantityKeys = ["weight", "delay"];
    private static readonly string RuleHint = $"one of {string.Join(", ", AmountRules.Select(rule => rule.Key))}, rule: one_to_one, rule: all_to_all and file";
    private static readonly string[] KnownKeys =
        ["name", "from", "to", .. RuleKeys, "columns", "one_based", "autapses", "multapses", "weight", "delay"];

    private readonly QuantityReader _quantities = new(draft);
    private readonly SelectionReader _selections = new(draft, draft.Errors);
    private readonly HashSet<string> _names = [];

    public void Read(Node node)
    {
        if (node is not ListNode list)
        {
            draft.Errors.Add(node.At, "projections", $"expected a list but found {node.Description}; write - {Example} on a line for each");
            return;
        }

        if (list.Items.Count > Most)
        {
            draft.Errors.Add(node.At, "projections", $"there are more than {Most} projections");
            return;
        }

        foreach (var (place, item) in list.Items.Index())
        {
            if (ReadProjection(place, item) is { } projection)
            {
                draft.Projections.Add(projection);
            }
        }
    }

    private ProjectionTemplate? ReadProjection(int place, Node node)
    {
        var prefix = $"projections.{place}.";
        if (node is not MapNode map)
        {
            draft.Errors.Add(node.At, $"projections.{place}", $"expected a projection but found {node.Description}; write {Example}");
            return null;
        }

        var entries = Keys.Read(map, prefix, "a projection", KnownKeys, draft.Errors);
        var name = EntryName.Read(entries, prefix, _names, draft.Errors);
        var from = ReadEnd("from", entries, map.At, prefix);
        var to = ReadEnd("to", entries, map.At, prefix);
        var rule = ReadRule(entries, map.At, prefix, name);
        var columns = TableColumns.Read(
            entries.GetValueOrDefault("columns"), entries.GetValueOrDefault("one_based"), prefix, ["source", "target"], draft.Errors);
        var edges = rule?.Rule == ConnectionRule.Listed && columns is not null ? ReadEdges(entries, prefix, from, to, columns) : null;
        var isListed = rule?.Rule == ConnectionRule.Listed;
        var weight = ReadQuantity("weight", entries, map.At, prefix, NumberRule.Voltage, null, isListed, name);
        var delay = ReadQuantity("delay", entries, map.At, prefix, NumberRule.Delay, 0, isListed, name);
        var autapses = Truth.Read(entries.GetValueOrDefault("autapses"), prefix, draft.Errors);
        var multapses = Truth.Read(entries.GetValueOrDefault("multapses"), prefix, draft.Errors);
        if (from is null || to is null || rule is null || weight is null || delay is null || autapses is null || multapses is null || (isListed && edges is null))
        {
            return null;
        }

        return new ProjectionTemplate(place, map.At, name, from, to, rule.Value.Rule)
        {
            Amount = rule.Value.Amount,
            Autapses = autapses.Value,
            Multapses = multapses.Value,
            Weight = weight,
            Delay = delay,
            Edges = edges,
        };
    }

    private SelectionList? ReadEnd(string key, Dictionary<string, MapEntry> entries, Position at, string prefix)
    {
        if (entries.TryGetValue(key, out var entry))
        {
            return _selections.Read(entry.Value, prefix + key);
        }

        draft.Errors.Add(at, prefix + key, $"{key} is missing; write {key}: and a population");
        return null;
    }

    private (ConnectionRule Rule, Slot? Amount)? ReadRule(Dictionary<string, MapEntry> entries, Position at, string prefix, string? name)
    {
        var given = RuleKeys.Where(entries.ContainsKey).ToList();
        if (given.Count != 1)
        {
            draft.Errors.Add(
                given.Count == 0 ? at : entries[given[1]].KeyAt,
                prefix + (given.Count == 0 ? "in_degree" : given[1]),
                given.Count == 0 ? $"who connects to whom is missing; write {RuleHint}" : $"{given[0]} and {given[1]} both say who connects to whom; keep one");
            return null;
        }

        var entry = entries[given[0]];
        if (entry.Key == "file")
        {
            return (ConnectionRule.Listed, null);
        }

        if (entry.Key == "rule")
        {
            var written = (entry.Value as ScalarNode)?.Text ?? "";
            var found = NamedRules.Where(rule => rule.Name == written).Select(rule => (ConnectionRule?)rule.Rule).FirstOrDefault();
            if (found is { } rule)
            {
                return (rule, null);
            }

            var advice = ForeignNames.AdviceOn(written, RuleKeys);
            draft.Errors.Add(entry.Value.At, prefix + "rule", $"{entry.Value.Description} is no rule; {(advice is null ? $"write {RuleHint}" : $"{advice}: and its value")}");
            return null;
        }

        var (key, amountRule, amount) = AmountRules.First(rule => rule.Key == entry.Key);
        var slot = _quantities.ReadNumber(prefix + key, prefix + key, entry.Value, amount);
        AddNamedPath(name, key, slot);
        return slot is null ? null : (amountRule, slot);
    }

    private ValueTemplate? ReadQuantity(
        string key, Dictionary<string, MapEntry> entries, Position at, string prefix, NumberRule rule, double? @default, bool hasFile, string? name)
    {
        ValueTemplate? value = null;
        if (entries.TryGetValue(key, out var entry))
        {
            value = _quantities.Read(prefix + key, prefix + key, entry.Value, rule, mayVary: true, hasFile: hasFile);
        }
        else if (@default is { } number)
        {
            value = _quantities.Default(prefix + key, prefix + key, at, rule, number);
        }
        else
        {
            draft.Errors.Add(at, prefix + key, $"{key} is missing; write {key}: 0.1 mV, negative for inhibition");
        }

        AddNamedPath(name, key, value?.Kind == QuantityKind.Constant ? value.First : null);
        return value;
    }

    private void AddNamedPath(string? name, string key, Slot? slot)
    {
        if (name is not null && slot is not null)
        {
            draft.Slots.AddPath($"projections.{name}.{key}", slot);
        }
    }

    private EdgeFile? ReadEdges(Dictionary<string, MapEntry> entries, string prefix, SelectionList? from, SelectionList? to, TableColumns columns)
    {
        var entry = entries["file"];
        if (entry.Value is not ScalarNode { IsNull: false } file)
        {
            draft.Errors.Add(entry.Value.At, prefix + "file", $"expected a file but found {entry.Value.Description}; write file: edges.csv, with columns source and target");
            return null;
        }

        if (from is null || to is null || WholeOf(from, prefix + "from", entry) is not { } source || WholeOf(to, prefix + "to", entry) is not { } target)
        {
            return null;
        }

        var numbers = QuantityKeys.SelectMany(key => entries.TryGetValue(key, out var value) ? ColumnNames.In(value.Value) : []).Distinct();
        return draft.Load(file.At, prefix + "file", () => EdgeFile.Read(draft.Files, file.Text, source, target, columns, numbers));
    }

    private PopulationTemplate? WholeOf(SelectionList end, string key, MapEntry file)
    {
        if (end.Items is [({ Range: null, Listed: null, Fraction: null } part, _)])
        {
            return draft.Populations.GetValueOrDefault(part.Population);
        }

        draft.Errors.Add(file.KeyAt, key, "a file lists the synapses from one whole population to one; name one");
        return null;
    }
}
