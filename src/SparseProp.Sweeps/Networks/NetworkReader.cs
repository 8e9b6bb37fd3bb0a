using SparseProp.Engine.Networks.Description;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Reads the sections of a network.</summary>
internal sealed class NetworkReader
{
    private const int MostParameters = 1000;

    private static readonly string[] Sections =
        ["parameters", "populations", "projections", "inputs", "initial", "overrides", "silence"];

    private readonly NetworkDraft _draft;
    private readonly QuantityReader _quantities;
    private readonly SelectionReader _selections;

    public NetworkReader(ErrorList errors, NetworkFiles files)
    {
        _draft = new NetworkDraft(errors, files);
        _quantities = new QuantityReader(_draft);
        _selections = new SelectionReader(_draft, errors);
    }

    /// <summary>The network; what is wrong is noted.</summary>
    public NetworkDraft Read(MapNode map)
    {
        var sections = Keys.Read(map, "", "a network", Sections, _draft.Errors);
        if (sections.TryGetValue("populations", out var populations))
        {
            new PopulationReader(_draft).Read(populations.Value);
        }
        else
        {
            _draft.Errors.Add(map.At, "populations", "the populations are missing; write populations: { E: { model: lif, n: 1000, … } }");
        }

        Read(sections, "parameters", ReadParameters);
        Read(sections, "projections", new ProjectionReader(_draft).Read);
        Read(sections, "inputs", new InputReader(_draft).Read);
        Read(sections, "initial", node => ReadParts(node, "initial", "{ of: E, V: { uniform: [0 mV, 20 mV] } }", ReadInitial));
        Read(sections, "overrides", node => ReadParts(node, "overrides", "{ of: \"E[0..99]\", refractory: 0 s }", ReadOverride));
        Read(sections, "silence", node => _draft.Silenced = _selections.Read(node, "silence") ?? SelectionList.Empty);
        _draft.Slots.Bind();
        CheckQuadratic();
        return _draft;
    }

    private static void Read(Dictionary<string, MapEntry> sections, string name, Action<Node> read)
    {
        if (sections.TryGetValue(name, out var entry) && entry.Value is not ScalarNode { IsNull: true })
        {
            read(entry.Value);
        }
    }

    private void ReadParameters(Node node)
    {
        if (node is not MapNode map)
        {
            _draft.Errors.Add(node.At, "parameters", $"expected parameters but found {node.Description}; write one `name: default` per line, indented");
            return;
        }

        if (map.Entries.Count > MostParameters)
        {
            _draft.Errors.Add(node.At, "parameters", $"there are more than {MostParameters} parameters");
            return;
        }

        foreach (var entry in map.Entries)
        {
            var fault = Identifier.FaultOfParameter(entry.Key)
                ?? Identifier.FaultBeside(entry.Key, _draft.Parameters.Keys)
                ?? (_draft.PopulationNames.Contains(entry.Key) ? $"a population is called {entry.Key}, too; choose another name" : null);
            if (fault is not null)
            {
                _draft.Errors.Add(entry.KeyAt, Excerpt.Of(entry.Key), fault);
            }
            else if (ReadParameter(entry) is { } parameter)
            {
                _draft.Parameters.Add(entry.Key, parameter);
            }
        }
    }

    private DeclaredParameter? ReadParameter(MapEntry entry)
    {
        var parameter = new DeclaredParameter(entry.Key, entry.KeyAt);
        if (entry.Value is ListNode || (entry.Value is ScalarNode scalar && _selections.IsSelection(scalar.Text)))
        {
            _draft.Slots.AddNotANumber(entry.Key, "a choice of neurons");
            return _selections.Read(entry.Value, entry.Key, allowsParameters: false) is { } selections ? parameter with { Selections = selections } : null;
        }

        return _quantities.ReadNumber(entry.Key, null, entry.Value, NumberRule.Any, isNamed: true) is { } slot ? parameter with { Slot = slot } : null;
    }

    private void ReadParts(Node node, string section, string example, Action<string, Dictionary<string, MapEntry>, MapNode, SelectionList> read)
    {
        if (node is not ListNode list)
        {
            _draft.Errors.Add(node.At, section, $"expected a list but found {node.Description}; write - {example} on a line for each");
            return;
        }

        string[] known = ["of", .. section == "initial" ? ["V"] : OverrideKeys];
        foreach (var (place, item) in list.Items.Index())
        {
            var prefix = $"{section}.{place}.";
            if (item is not MapNode map)
            {
                _draft.Errors.Add(item.At, prefix.TrimEnd('.'), $"expected a mapping but found {item.Description}; write {example}");
                continue;
            }

            var entries = Keys.Read(map, prefix, section == "initial" ? "an initial value" : "an override", known, _draft.Errors);
            if (!entries.TryGetValue("of", out var of))
            {
                _draft.Errors.Add(map.At, prefix + "of", $"of is missing; write {example}");
            }
            else if (_selections.Read(of.Value, prefix + "of") is { } parts)
            {
                read(prefix, entries, map, parts);
            }
        }
    }

    private static string[] OverrideKeys { get; } =
    [
        PopulationKey.Threshold, PopulationKey.Reset, PopulationKey.Rest, PopulationKey.Drive, PopulationKey.Refractory, PopulationKey.Tau,
    ];

    private void ReadInitial(string prefix, Dictionary<string, MapEntry> entries, MapNode map, SelectionList of)
    {
        if (!entries.TryGetValue("V", out var potential))
        {
            _draft.Errors.Add(map.At, prefix + "V", "V is missing; write V: 10 mV, or a distribution");
        }
        else if (_quantities.Read(prefix + "V", prefix + "V", potential.Value, NumberRule.Voltage, mayVary: true) is { } value)
        {
            _draft.Initial.Add(new InitialTemplate(of, value));
        }
    }

    private void ReadOverride(string prefix, Dictionary<string, MapEntry> entries, MapNode map, SelectionList of)
    {
        var values = new List<ValueTemplate>();
        foreach (var key in OverrideKeys.Where(entries.ContainsKey))
        {
            var rule = PopulationKey.Of(PopulationModel.Lif).First(known => known.Name == key).Rule;
            if (_quantities.Read(prefix + key, prefix + key, entries[key].Value, rule, mayVary: true) is { } value)
            {
                values.Add(value);
            }
        }

        if (values.Count == 0 && !OverrideKeys.Any(entries.ContainsKey))
        {
            _draft.Errors.Add(map.At, prefix.TrimEnd('.'), $"nothing is overridden; write some of {string.Join(", ", OverrideKeys)}");
        }

        _draft.Overrides.Add(new OverrideTemplate(of, values));
    }

    private void CheckQuadratic()
    {
        if (_draft.Slots.VoltageAt is { } at && _draft.Populations.Values.FirstOrDefault(population => population.Model == PopulationModel.Qif) is { } quadratic)
        {
            _draft.Errors.Add(quadratic.At, quadratic.Name, $"a quadratic neuron has no units of voltage, but at {at} is one; write all voltages of this network as numbers");
        }
    }
}
