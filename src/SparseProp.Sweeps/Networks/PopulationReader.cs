using SparseProp.Engine;
using SparseProp.Engine.Networks.Description;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Reads <c>populations</c>.</summary>
internal sealed class PopulationReader(NetworkDraft draft)
{
    private const string Example = "E: { model: lif, n: 1000, tau: 20 ms, threshold: 20 mV, reset: 10 mV }";

    private const int Most = 1000;

    private static readonly string[] ModelNames = [.. Enum.GetNames<PopulationModel>().Select(name => name.ToLowerInvariant())];

    private static readonly string[] SimulatedModels = [.. ModelNames.Where(name => name != NameOf(PopulationModel.Formula))];
    private static readonly string[] CommonKeys = ["model", "like", PopulationKey.Size, "ids", "columns"];

    private readonly QuantityReader _quantities = new(draft);

    public void Read(Node node)
    {
        if (node is not MapNode { Entries.Count: > 0 } map)
        {
            draft.Errors.Add(node.At, "populations", $"expected populations but found {(node is MapNode ? "none" : node.Description)}; write {Example}");
            return;
        }

        if (map.Entries.Count > Most)
        {
            draft.Errors.Add(node.At, "populations", $"there are more than {Most} populations");
            return;
        }

        foreach (var entry in map.Entries)
        {
            if ((Identifier.Fault(entry.Key) ?? Identifier.FaultBeside(entry.Key, draft.PopulationNames)) is { } fault)
            {
                draft.Errors.Add(entry.KeyAt, Excerpt.Of(entry.Key), fault);
            }
            else
            {
                draft.PopulationNames.Add(entry.Key);
            }
        }

        var written = map.Entries.Where(entry => draft.PopulationNames.Contains(entry.Key)).ToDictionary(entry => entry.Key);
        foreach (var entry in written.Values)
        {
            ReadPopulation(entry, written);
        }
    }

    private void ReadPopulation(MapEntry entry, Dictionary<string, MapEntry> written)
    {
        var name = entry.Key;
        if (WithLikes(entry, written) is not { } map || ReadModel(name, map) is not { } model)
        {
            return;
        }

        var keys = PopulationKey.Of(model);
        string[] known =
        [
            .. CommonKeys,
            .. keys.Select(key => key.Name),
            .. KeysOfSource(model),
        ];
        var entries = Keys.Read(map, name + ".", $"a population of model {NameOf(model)}", known, draft.Errors);
        var labels = ReadLabels(name, entries, keys, out var isReadable);
        if (!isReadable || ReadSize(name, entry.KeyAt, entries, labels) is not { } size)
        {
            return;
        }

        var values = new Dictionary<string, ValueTemplate>();
        foreach (var key in keys)
        {
            if (ReadValue(name, key, entry.KeyAt, entries, labels is not null) is { } value)
            {
                values.Add(key.Name, value);
            }
        }

        var template = new PopulationTemplate(name, entry.KeyAt, model) { Size = size, Labels = labels, Values = values };
        template = model switch
        {
            PopulationModel.Poisson => template with { Rate = ReadRate(name, entry.KeyAt, entries) },
            PopulationModel.Spikes => template with { Spikes = ReadSpikes(name, entry.KeyAt, entries, labels) },
            _ => template,
        };
        draft.Populations[name] = template;
    }

    /// <summary>What a population says, with what it copies from others; null after noting what is wrong.</summary>
    private MapNode? WithLikes(MapEntry entry, Dictionary<string, MapEntry> written)
    {
        if (entry.Value is not MapNode map)
        {
            draft.Errors.Add(entry.Value.At, entry.Key, $"expected a population but found {entry.Value.Description}; write {Example}");
            return null;
        }

        var entries = map.Entries.ToDictionary(part => part.Key);
        List<string> way = [entry.Key];
        var last = map;
        while (last.Entries.FirstOrDefault(part => part.Key == "like") is { } like)
        {
            var other = (like.Value as ScalarNode)?.Text ?? "";
            if (!written.TryGetValue(other, out var copied) || copied.Value is not MapNode from)
            {
                var found = like.Value is ScalarNode ? $"there is no population `{Excerpt.Of(other)}`" : $"expected a population but found {like.Value.Description}";
                draft.Errors.Add(like.Value.At, $"{way[^1]}.like", $"{found}{NearestName.Hint(other, written.Keys)}");
                return null;
            }

            way.Add(other);
            if (way.IndexOf(other) < way.Count - 1)
            {
                draft.Errors.Add(like.Value.At, $"{way[^2]}.like", $"populations are like each other in a circle: {string.Join(" → ", way.Skip(way.IndexOf(other)))}");
                return null;
            }

            // What says how many there are goes together.
            var isCounted = entries.ContainsKey(PopulationKey.Size) || entries.ContainsKey("ids");
            foreach (var part in from.Entries.Where(part => part.Key != "like" && !(isCounted && part.Key is PopulationKey.Size or "ids")))
            {
                entries.TryAdd(part.Key, part);
            }

            last = from;
        }

        return new MapNode(map.At, [.. entries.Values]);
    }

    private PopulationModel? ReadModel(string name, MapNode map)
    {
        var entry = map.Entries.FirstOrDefault(part => part.Key == "model");
        if (entry?.Value is not ScalarNode { IsNull: false } scalar)
        {
            var at = entry?.Value.At ?? map.At;
            draft.Errors.Add(at, $"{name}.model", $"the model is missing; write model: lif, or another of {string.Join(", ", SimulatedModels)}");
            return null;
        }

        var place = Array.IndexOf(ModelNames, scalar.Text);
        if (place < 0)
        {
            var advice = ForeignNames.AdviceOnModel(scalar.Text);
            draft.Errors.Add(scalar.At, $"{name}.model", $"unknown model `{scalar.Shown}`"
                + (advice is null ? $"{NearestName.Hint(scalar.Text, SimulatedModels)}; models are {string.Join(", ", SimulatedModels)}" : $"; {advice}"));
            return null;
        }

        var model = Enum.GetValues<PopulationModel>()[place];
        if (model == PopulationModel.Formula)
        {
            draft.Errors.Add(scalar.At, $"{name}.model", $"an equation of one's own is not simulated yet; models are {string.Join(", ", SimulatedModels)}");
            return null;
        }

        return model;
    }

    private Labels? ReadLabels(string name, Dictionary<string, MapEntry> entries, IReadOnlyList<PopulationKey> keys, out bool isReadable)
    {
        isReadable = true;
        if (!entries.TryGetValue("ids", out var ids))
        {
            return null;
        }

        isReadable = false;
        if (ids.Value is not ScalarNode { IsNull: false } file)
        {
            draft.Errors.Add(ids.Value.At, $"{name}.ids", $"expected a file but found {ids.Value.Description}; write ids: neurons.csv");
            return null;
        }

        if (TableColumns.Read(entries.GetValueOrDefault("columns"), null, $"{name}.", ["id", "neuron", "time"], draft.Errors) is not { } columns)
        {
            return null;
        }

        var names = new TextColumn();
        var id = columns.Names.TryGetValue("id", out var named) ? (IReadOnlyList<string>)[named] : [];
        var numbers = keys.SelectMany(key => entries.TryGetValue(key.Name, out var entry) ? ColumnNames.In(entry.Value) : []).Distinct();
        var labels = draft.Load(file.At, $"{name}.ids", () => new Labels(
            file.Text,
            DataTable.Read(draft.Files, file.Text, [new("id", id, names), .. numbers.Select(column => new ColumnRequest(column, [column], new NumberColumn()))]),
            names.Values));
        isReadable = labels is not null;
        return labels;
    }

    private Slot? ReadSize(string name, Position at, Dictionary<string, MapEntry> entries, Labels? labels)
    {
        var (key, path) = ($"{name}.{PopulationKey.Size}", $"populations.{name}.{PopulationKey.Size}");
        if (labels is not null)
        {
            if (entries.TryGetValue(PopulationKey.Size, out var both))
            {
                draft.Errors.Add(both.KeyAt, key, $"{labels.File} lists {labels.Count} neurons, and so there are as many; remove n");
                return null;
            }

            return draft.Slots.Add(new Slot(key, at, NumberRule.Size, null, labels.Count), isNamed: true);
        }

        if (entries.TryGetValue(PopulationKey.Size, out var entry))
        {
            return _quantities.ReadNumber(key, path, entry.Value, NumberRule.Size, isNamed: true);
        }

        draft.Errors.Add(at, key, "the number of neurons is missing; write n: 1000, or ids: neurons.csv");
        return null;
    }

    private ValueTemplate? ReadValue(string name, PopulationKey key, Position at, Dictionary<string, MapEntry> entries, bool hasFile)
    {
        var (full, path) = ($"{name}.{key.Name}", $"populations.{name}.{key.Name}");
        if (entries.TryGetValue(key.Name, out var entry))
        {
            return _quantities.Read(full, path, entry.Value, key.Rule, key.MayVary, isNamed: true, hasFile);
        }

        if (key.Default is { } value)
        {
            return _quantities.Default(full, path, at, key.Rule, value, isNamed: true);
        }

        draft.Errors.Add(at, full, $"{key.Name} is missing; write {key.Name}: {key.Rule.Example}");
        return null;
    }

    private CourseTemplate? ReadRate(string name, Position at, Dictionary<string, MapEntry> entries)
    {
        if (entries.TryGetValue(PopulationKey.Rate, out var entry))
        {
            return _quantities.ReadCourse($"{name}.rate", $"populations.{name}.rate", entry.Value, NumberRule.Rate);
        }

        draft.Errors.Add(at, $"{name}.rate", "the rate of each source is missing; write rate: 8 Hz");
        return null;
    }

    private SpikeFile? ReadSpikes(string name, Position at, Dictionary<string, MapEntry> entries, Labels? labels)
    {
        if (!entries.TryGetValue("file", out var entry) || entry.Value is not ScalarNode { IsNull: false } file)
        {
            draft.Errors.Add(entry?.Value.At ?? at, $"{name}.file", "the file of spikes is missing; write file: spikes.csv, with columns neuron and time");
            return null;
        }

        return TableColumns.Read(entries.GetValueOrDefault("columns"), entries.GetValueOrDefault("one_based"), $"{name}.", ["neuron", "time", "id"], draft.Errors) is { } columns
            ? draft.Load(file.At, $"{name}.file", () => SpikeFile.Read(draft.Files, file.Text, labels, columns))
            : null;
    }

    private static string[] KeysOfSource(PopulationModel model) => model switch
    {
        PopulationModel.Poisson => [PopulationKey.Rate],
        PopulationModel.Spikes => ["file", "one_based"],
        _ => [],
    };

    private static string NameOf(PopulationModel model) => ModelNames[(int)model];
}
