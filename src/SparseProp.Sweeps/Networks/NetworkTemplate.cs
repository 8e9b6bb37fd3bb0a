using System.Text;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>
/// A network as its file describes it: quantities are expressions over parameters, which have defaults. Immutable once its parameters'
/// values are read, for any number of threads.
/// </summary>
public sealed class NetworkTemplate
{
    private readonly NetworkDraft _draft;
    private readonly Dictionary<string, NetworkParameter> _parameters = [];
    private readonly Lock _lock = new();

    private NetworkTemplate(NetworkDraft draft, string fileName)
    {
        _draft = draft;
        FileName = fileName;
        var values = new NetworkEvaluator(this, NetworkValues.Empty).Defaults();
        foreach (var declared in draft.Parameters.Values)
        {
            _parameters.Add(declared.Name, declared.Slot is { } slot
                ? new NetworkParameter(declared.Name, slot, ParameterValue.Of(double.IsNaN(values[slot.Place]) ? 0 : values[slot.Place]), draft.Slots.VoltageAt)
                : new NetworkParameter(declared.Name, declared.Selections!, draft));
        }

        Parameters = [.. _parameters.Values];
    }

    /// <summary>The file as the user named it.</summary>
    public string FileName { get; }

    /// <summary>The parameters that the file declares, in its order.</summary>
    public IReadOnlyList<NetworkParameter> Parameters { get; }

    /// <summary>Names of its populations, sources among them, in the file's order.</summary>
    public IReadOnlyList<string> Populations => [.. _draft.Populations.Keys];

    /// <summary>The unit of all voltages: mV, or empty where the network is without.</summary>
    public string VoltageUnit => _draft.Slots.VoltageAt is null ? "" : "mV";

    /// <summary>How many values are computed for one network.</summary>
    internal long Work => _draft.Slots.Work + _draft.Projections.Sum(projection => (long)projection.From.Items.Count * projection.To.Items.Count) + 1;

    internal NetworkDraft Draft => _draft;

    /// <summary>Reads a network from a file of its own, or the <c>network</c> of a sweep file.</summary>
    /// <exception cref="SweepFileException">The file describes no network; carries every error found.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static NetworkTemplate Load(string path) => Parse(FileText.Read(path), path, NetworkFiles.Beside(path));

    /// <summary>Reads a network from a file's text.</summary>
    /// <param name="text">At most 1 MiB; may come from anywhere.</param>
    /// <param name="fileName">How errors name the file.</param>
    /// <param name="files">Where the files come from that it names.</param>
    /// <exception cref="SweepFileException">The text describes no network; carries every error found.</exception>
    public static NetworkTemplate Parse(string text, string fileName, NetworkFiles files)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(files);
        FileText.RequireShort(text.Length, fileName);
        var errors = new ErrorList(fileName);
        var root = NodeReader.Read(text.TrimStart('\uFEFF'), errors, "populations");
        var network = SectionOf(root);
        if (network is ScalarNode { IsNull: false } other && network != root)
        {
            errors.Add(other.At, NetworkSection.Key, $"the network is in {other.Shown}; name that file");
        }
        else if (network is not null)
        {
            var template = Read(network, errors, files, fileName);
            errors.ThrowIfAny();
            return template!;
        }

        throw errors.ToException();
    }

    /// <summary>The network of a file: the file itself, or its section of that name.</summary>
    internal static Node? SectionOf(Node? root) =>
        root is MapNode map && map.Entries.FirstOrDefault(entry => entry.Key == NetworkSection.Key) is { } section ? section.Value : root;

    /// <summary>Reads the mapping that describes a network; null after noting what is wrong.</summary>
    internal static NetworkTemplate? Read(Node node, ErrorList errors, NetworkFiles files, string fileName)
    {
        if (node is not MapNode map)
        {
            errors.Add(node.At, "network", $"a network is a mapping of keys such as populations and projections, not {node.Description}");
            return null;
        }

        // A sweep file may have errors of its own.
        var before = errors.Count;

        // A file of its own may have a name, which says nothing about the network.
        var sections = map with { Entries = [.. map.Entries.Where(entry => entry.Key != "name")] };
        var draft = new NetworkReader(errors, files).Read(sections);
        return errors.Count > before ? null : new NetworkTemplate(draft, fileName);
    }

    /// <summary>The declared parameter of that name, or what a path names; null where there is neither.</summary>
    public NetworkParameter? Find(string name)
    {
        lock (_lock)
        {
            if (!_parameters.TryGetValue(name, out var parameter) && _draft.Slots.Paths.TryGetValue(name, out var slot))
            {
                var value = new NetworkEvaluator(this, NetworkValues.Empty).Defaults()[slot.Place];
                _parameters[name] = parameter = new NetworkParameter(name, slot, ParameterValue.Of(double.IsNaN(value) ? 0 : value), _draft.Slots.VoltageAt);
            }

            return parameter;
        }
    }

    /// <summary>Whether that is a seed, which all networks have without declaring it.</summary>
    public static bool IsSeed(string name) => AxisParameters.OfNetworks.Any(parameter => parameter.IsSeed && parameter.Name == name);

    /// <summary>"there is no parameter…", with the one that was probably meant.</summary>
    public string UnknownParameter(string name)
    {
        var hint = NearestName.Hint(name, _parameters.Keys.Concat(_draft.Slots.Paths.Keys));
        var known = Parameters.Count == 0 ? "the network declares none" : $"parameters of the network are {string.Join(", ", Parameters.Select(parameter => parameter.Name).Take(30))}";
        return $"unknown parameter{hint}; {known}, and paths such as populations.E.tau and projections.0.weight";
    }

    /// <summary>The network with these values of its parameters, or what is wrong with it. Never throws.</summary>
    public NetworkEvaluation Evaluate(NetworkValues values) => new NetworkEvaluator(this, values).Run();

    public override string ToString() => new StringBuilder(FileName).Append(": ").AppendJoin(", ", _draft.Populations.Keys).ToString();
}
