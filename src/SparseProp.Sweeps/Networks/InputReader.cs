using System.Globalization;
using SparseProp.Engine.Networks.Description;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Reads <c>inputs</c>.</summary>
internal sealed class InputReader(NetworkDraft draft)
{
    private const string Example = "{ to: E, poisson: 8 kHz, weight: 0.1 mV }";

    private const int Most = 1000;

    private static readonly (string Key, InputKind Kind)[] Kinds =
        [("poisson", InputKind.Poisson), ("spikes", InputKind.Spikes), ("current", InputKind.Current)];

    private static readonly string[] KnownKeys =
        ["name", "to", .. Kinds.Select(kind => kind.Key), "weight", "sources", "shared", "delay", "columns", "one_based"];

    private readonly QuantityReader _quantities = new(draft);
    private readonly SelectionReader _selections = new(draft, draft.Errors);
    private readonly HashSet<string> _names = [];

    public void Read(Node node)
    {
        if (node is not ListNode list || list.Items.Count > Most)
        {
            draft.Errors.Add(node.At, "inputs", node is ListNode ? $"there are more than {Most} inputs" : $"expected a list but found {node.Description}; write - {Example} on a line for each");
            return;
        }

        foreach (var (place, item) in list.Items.Index())
        {
            if (ReadInput(place, item) is { } input)
            {
                draft.Inputs.Add(input);
            }
        }
    }

    private InputTemplate? ReadInput(int place, Node node)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"inputs.{place}.");
        if (node is not MapNode map)
        {
            draft.Errors.Add(node.At, prefix.TrimEnd('.'), $"expected an input but found {node.Description}; write {Example}");
            return null;
        }

        var entries = Keys.Read(map, prefix, "an input", KnownKeys, draft.Errors);
        var name = EntryName.Read(entries, prefix, _names, draft.Errors);
        var given = Kinds.Where(kind => entries.ContainsKey(kind.Key)).ToList();
        if (given.Count != 1)
        {
            draft.Errors.Add(
                given.Count == 0 ? map.At : entries[given[1].Key].KeyAt,
                prefix + (given.Count == 0 ? "poisson" : given[1].Key),
                given.Count == 0 ? "what comes in is missing; write one of poisson: RATE, spikes: FILE and current: VOLTAGE" : $"{given[0].Key} and {given[1].Key} are two inputs; write each on its own");
            return null;
        }

        if (!entries.TryGetValue("to", out var to))
        {
            draft.Errors.Add(map.At, prefix + "to", "to is missing; write to: and a population");
            return null;
        }

        RefuseDelay(entries, prefix);
        RefuseUnread(given[0].Kind, given[0].Key, entries, prefix);
        return _selections.Read(to.Value, prefix + "to") is { } targets
            ? ReadKind(new InputTemplate(place, map.At, name, targets, given[0].Kind), given[0].Key, entries, prefix)
            : null;
    }

    private InputTemplate? ReadKind(InputTemplate input, string key, Dictionary<string, MapEntry> entries, string prefix)
    {
        var shared = Truth.Read(entries.GetValueOrDefault("shared"), prefix, draft.Errors);
        if (shared is null)
        {
            return null;
        }

        input = input with { Shared = shared.Value };
        if (input.Kind == InputKind.Current)
        {
            var current = _quantities.ReadCourse(prefix + key, prefix + key, entries[key].Value, NumberRule.Voltage);
            if (current?.Sine is not null)
            {
                draft.Errors.Add(current.At, prefix + key, "a sine of current cannot be simulated exactly; give steps");
                return null;
            }

            AddNamedPath(input.Name, key, current?.Constant);
            return current is null ? null : input with { Course = current };
        }

        if (!entries.TryGetValue("weight", out var weightEntry))
        {
            draft.Errors.Add(input.At, prefix + "weight", "weight is missing; write weight: 0.1 mV, negative for inhibition");
            return null;
        }

        var weight = _quantities.Read(prefix + "weight", prefix + "weight", weightEntry.Value, NumberRule.Voltage, mayVary: true);
        AddNamedPath(input.Name, "weight", weight?.First);
        if (weight is null)
        {
            return null;
        }

        input = input with { Weight = weight };
        if (input.Kind == InputKind.Spikes)
        {
            return ReadSpikes(input, entries, prefix) is { } spikes ? input with { Spikes = spikes } : null;
        }

        var rate = _quantities.ReadCourse(prefix + key, prefix + key, entries[key].Value, NumberRule.Rate);
        AddNamedPath(input.Name, key, rate?.Constant);
        var sources = entries.TryGetValue("sources", out var sourcesEntry)
            ? _quantities.ReadNumber(prefix + "sources", prefix + "sources", sourcesEntry.Value, NumberRule.Count)
            : null;
        return rate is null ? null : input with { Course = rate, Sources = sources };
    }

    private SpikeFile? ReadSpikes(InputTemplate input, Dictionary<string, MapEntry> entries, string prefix)
    {
        if (entries["spikes"].Value is not ScalarNode { IsNull: false } file)
        {
            draft.Errors.Add(entries["spikes"].Value.At, prefix + "spikes", $"expected a file but found {entries["spikes"].Value.Description}; write spikes: input.csv, with columns neuron and time");
            return null;
        }

        if (input.To.Items is not [({ Range: null, Listed: null, Fraction: null } part, _)])
        {
            draft.Errors.Add(input.At, prefix + "to", "the file says which neurons get its spikes; name one whole population");
            return null;
        }

        var columns = TableColumns.Read(entries.GetValueOrDefault("columns"), entries.GetValueOrDefault("one_based"), prefix, ["neuron", "time"], draft.Errors);
        var labels = draft.Populations.GetValueOrDefault(part.Population)?.Labels;
        return columns is null ? null : draft.Load(file.At, prefix + "spikes", () => SpikeFile.Read(draft.Files, file.Text, labels, columns));
    }

    private void AddNamedPath(string? name, string key, Slot? slot)
    {
        if (name is not null && slot is not null)
        {
            draft.Slots.AddPath($"inputs.{name}.{key}", slot);
        }
    }

    // It is 0, and whoever writes so is right.
    private void RefuseDelay(Dictionary<string, MapEntry> entries, string prefix)
    {
        if (entries.TryGetValue("delay", out var delay) && delay.Value is not ScalarNode { Text: "0" or "0 s" or "0 ms" })
        {
            draft.Errors.Add(delay.Value.At, prefix + "delay", "inputs act at once; remove the delay, which would change nothing but when they begin");
        }
    }

    private void RefuseUnread(InputKind kind, string key, Dictionary<string, MapEntry> entries, string prefix)
    {
        string[] unread = kind switch
        {
            InputKind.Poisson => ["columns", "one_based"],
            InputKind.Spikes => ["sources", "shared"],
            _ => ["columns", "one_based", "weight", "sources", "shared"],
        };
        foreach (var other in unread.Where(entries.ContainsKey))
        {
            draft.Errors.Add(entries[other].KeyAt, prefix + other, $"an input of {key} has no {other}; remove it");
        }
    }
}
