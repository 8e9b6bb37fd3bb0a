using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Networks;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads the sections of a sweep file, each on its own; what must hold between them is checked afterwards.</summary>
internal sealed class DraftReader
{
    private static readonly string[] Keys =
    [
        "name", "model", "network", "task", "train", "grid", "zip", "fixed", "stop", "burn_in", "topology", "engine", "record", "lyapunov", "expect", "until", "verify",
        "priority",
    ];

    private static readonly string[] ParameterNames = [.. AxisParameters.OfSimulations.Select(p => p.Name)];
    private static readonly string[] TrainingNames = [.. ParameterNames, .. AxisParameters.OfTraining.Select(p => p.Name)];

    private readonly ErrorList _errors;
    private readonly SweepSource _source;
    private readonly AxisReader _axes;
    private readonly LengthReader _lengths;
    private readonly StatisticsReader _statistics;
    private readonly ConductReader _conduct;
    private readonly TrainingReader _training;
    private readonly SpecDraft _draft = new();

    public DraftReader(ErrorList errors, SweepSource source)
    {
        (_errors, _source) = (errors, source);
        _axes = new AxisReader(errors, parameter => _draft.Network?.Of(parameter));
        _lengths = new LengthReader(errors);
        _statistics = new StatisticsReader(errors);
        _conduct = new ConductReader(errors);
        _training = new TrainingReader(errors);
    }

    public SpecDraft Read(MapNode root)
    {
        // Its parameters are those of the other sections.
        if (root.Entries.FirstOrDefault(entry => entry.Key == NetworkSection.Key) is { } network)
        {
            _draft.HasNetwork = true;
            _draft.Network = NetworkSection.Read(network, _errors, _source);
        }

        foreach (var entry in root.Entries)
        {
            _draft.Sections[entry.Key] = entry.KeyAt;
            ReadSection(entry);
        }

        RequireKeys(root);
        if (_draft.Until is { } until)
        {
            _draft.FirstReplicates = ReplicateAxes.Extend(_draft, until, _errors);
        }

        return _draft;
    }

    private void ReadSection(MapEntry entry)
    {
        switch (entry.Key)
        {
            case "name":
                _draft.Name = ReadName(entry.Value);
                break;
            case NetworkSection.Key:
            case "model" when _draft.HasNetwork:
                break;
            case "model":
                ReadParameter(entry, _draft.Fixed, _axes.ReadFixed);
                break;
            case "task":
                _draft.IsTraining = _training.ReadTask(entry);
                break;
            case "train":
                _draft.Trained = _training.ReadTrained(entry);
                break;
            case "grid":
                ReadParameters(entry, _draft.Grid, _axes.ReadAxis);
                break;
            case "zip":
                ReadParameters(entry, _draft.Zip, _axes.ReadAxis);
                break;
            case "fixed":
                ReadParameters(entry, _draft.Fixed, _axes.ReadFixed);
                break;
            case "stop":
                _draft.Stop = _lengths.Read(entry);
                break;
            case "burn_in":
                _draft.BurnIn = _lengths.Read(entry);
                break;
            case "topology":
                if (ReadWord(entry, EngineNames.Topologies) is { } topology && EngineNames.TryParse(topology, out Topology t))
                {
                    _draft.Topology = t;
                }

                break;
            case "engine":
                if (ReadWord(entry, EngineNames.EventLoops) is { } loop && EngineNames.TryParse(loop, out EventLoop l))
                {
                    _draft.Loop = l;
                }

                break;
            case "record":
                (_draft.Record, _draft.RecordedExponents) = _statistics.ReadRecord(entry);
                break;
            case "lyapunov":
                _draft.Lyapunov = _statistics.ReadLyapunov(entry);
                break;
            case "expect":
                _draft.Expectations.AddRange(new ExpectationReader(_errors, _axes, _draft).Read(entry));
                break;
            case "until":
                _draft.Until = new UntilReader(_errors, _draft).Read(entry);
                break;
            case "verify":
                _draft.Verify = _conduct.ReadVerify(entry);
                break;
            case "priority":
                _draft.Priority = _conduct.ReadPriority(entry);
                break;
            default:
                RefuseUnknownKey(entry);
                break;
        }
    }

    private void RefuseUnknownKey(MapEntry entry)
    {
        var key = Excerpt.Of(entry.Key);
        var message = TrainingNames.Contains(entry.Key)
            ? "a parameter cannot stand alone; write it under `fixed` (one value), `grid` or `zip`"
            : $"unknown key{NearestName.Hint(entry.Key, Keys)}; a sweep file has {string.Join(", ", Keys)}";
        _errors.Add(entry.KeyAt, key, message);
    }

    private string? ReadName(Node node)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
        {
            _errors.Add(node.At, "name", $"expected a name but found {node.Description}");
            return null;
        }

        var name = scalar.Text;
        if (!SweepSpec.IsName(name))
        {
            _errors.Add(
                node.At,
                "name",
                $"`{scalar.Shown}` cannot name a folder; use up to {SweepSpec.LongestName} of a-z, 0-9 and -, not beginning with -");
            return null;
        }

        return name;
    }

    private string? ReadWord(MapEntry entry, IReadOnlyList<string> words)
    {
        if (entry.Value is ScalarNode scalar && words.Contains(scalar.Text))
        {
            return scalar.Text;
        }

        var hint = entry.Value is ScalarNode written ? NearestName.Hint(written.Text, words) : "";
        _errors.Add(entry.Value.At, entry.Key, $"{entry.Value.Description} is not possible{hint}; write {string.Join(" or ", words)}");
        return null;
    }

    private void ReadParameters(MapEntry section, List<SweepAxis> axes, Func<Parameter, MapEntry, SweepAxis?> read)
    {
        if (section.Value is ScalarNode { IsNull: true })
        {
            return;
        }

        if (section.Value is not MapNode map)
        {
            _errors.Add(
                section.Value.At,
                section.Key,
                $"expected parameters but found {section.Value.Description}; write one `name: value` per line, indented");
            return;
        }

        foreach (var entry in map.Entries)
        {
            ReadParameter(entry, axes, read);
        }
    }

    private void ReadParameter(MapEntry entry, List<SweepAxis> axes, Func<Parameter, MapEntry, SweepAxis?> read)
    {
        if (_draft.FindParameter(entry.Key) is not { } parameter)
        {
            // Whoever cannot read the network's names need not be told that they are unknown.
            if (!_draft.HasNetwork || _draft.Network is not null)
            {
                _errors.Add(entry.KeyAt, Excerpt.Of(entry.Key), UnknownParameter(entry.Key));
            }
        }
        else if (!_draft.Given.TryAdd(entry.Key, entry.KeyAt))
        {
            _errors.Add(entry.KeyAt, entry.Key, $"the parameter is given twice, first at {_draft.Given[entry.Key]}; keep one");
        }
        else if (read(parameter, entry) is { } axis)
        {
            axes.Add(axis);
        }
    }

    private string UnknownParameter(string name)
    {
        if (_draft.Network is { } network)
        {
            return AxisParameters.Find(name) is not null
                ? $"the network of this file does not declare {name}, which only the published network reads; {network.KnownParameters}"
                : network.UnknownParameter(name);
        }

        var names = _draft.IsTraining ? TrainingNames : ParameterNames;
        return name == SimulationParameter.SeedInput.Name
            ? "only a network of one's own has inputs; write `network`, or remove it"
            : $"unknown parameter{NearestName.Hint(name, names)}; parameters are {string.Join(", ", names)}";
    }

    private void RequireKeys(MapNode root)
    {
        if (root.Entries.All(entry => entry.Key != "name"))
        {
            _errors.Add(root.At, "name", "the name is missing; write name: my-sweep");
        }

        if (root.Entries.All(entry => entry.Key != "stop"))
        {
            _errors.Add(root.At, "stop", _draft.IsTraining
                ? "the length of a trial is missing; write stop: { seconds: 0.1 }"
                : "the length of a run is missing; write stop: { spikes_per_neuron: 20 }");
        }

        if (_draft.HasNetwork)
        {
            return;
        }

        RequireParameter(root, "model", "the model is missing; write model: lif");
        RequireParameter(root, "n", "the number of neurons is missing; write n: 1000 under `fixed`, or an axis under `grid`");
        RequireParameter(root, "k", "the number of targets is missing; write k: 100 under `fixed`, or an axis under `grid`");
    }

    private void RequireParameter(MapNode root, string name, string message)
    {
        if (!_draft.Given.ContainsKey(name))
        {
            _errors.Add(root.At, name, message);
        }
    }
}
