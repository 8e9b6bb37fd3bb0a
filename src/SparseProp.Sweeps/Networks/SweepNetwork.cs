using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using SparseProp.Engine;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>The network of a sweep, and which of its parameters the sweep gives values.</summary>
public sealed class SweepNetwork
{
    // Some hundred bytes each.
    private const int MostFacts = 10_000;
    private const int MostNetworksEstimated = 1024;
    private const int FewestEstimated = 4;
    private const long MostNumbersEstimated = 10_000_000;

    private readonly Dictionary<Parameter, NetworkParameter> _used = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<NetworkValues, Facts> _facts = [];
    private Evaluated? _last;

    private readonly Node _node;
    private readonly TrackedFiles _ownFile;
    private readonly TrackedFiles _files;

    /// <param name="at">Where the sweep file names it.</param>
    /// <param name="template">The network.</param>
    /// <param name="node">What the file says of it.</param>
    /// <param name="ownFile">The file that describes it, if it is not the sweep file that does.</param>
    /// <param name="files">The other files that were read and will be.</param>
    internal SweepNetwork(Position at, NetworkTemplate template, Node node, TrackedFiles ownFile, TrackedFiles files)
    {
        (At, Template) = (at, template);
        (_node, _ownFile, _files) = (node, ownFile, files);
    }

    public NetworkTemplate Template { get; }

    /// <summary>How many of a sweep's networks estimates may look at; they take about a second.</summary>
    internal int MostEstimated => (int)Math.Clamp(MostNumbersEstimated / Template.Work, FewestEstimated, MostNetworksEstimated);

    internal Position At { get; }

    /// <summary>The files that belong to the sweep, each name once: that of the network, and those that it and the axes name.</summary>
    public IReadOnlyList<NetworkFile> Files => [.. _ownFile.Read.Concat(_files.Read).DistinctBy(file => file.Name)];

    /// <summary>Opens one of <see cref="Files"/> again, which may have changed.</summary>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public Stream Open(string name) => _files.Untracked.Open(name);

    /// <summary>Identifies what the file says of the network, whatever its layout, with the files that it names.</summary>
    internal string ContentHash => NetworkHash.Of(_node, _files);

    internal string KnownParameters => Template.Parameters.Count == 0
        ? "the network declares no parameters, but has paths such as populations.E.tau"
        : $"it declares {string.Join(", ", Template.Parameters.Select(parameter => parameter.Name).Take(30))}, and has paths such as populations.E.tau";

    /// <summary>The declaration of a parameter or path of the network; null where it has none of that name.</summary>
    internal Parameter? Find(string name)
    {
        if (Template.Find(name) is not { } parameter)
        {
            return null;
        }

        _used[parameter.Parameter] = parameter;
        return parameter.Parameter;
    }

    internal NetworkParameter? Of(Parameter parameter) => _used.GetValueOrDefault(parameter);

    internal string UnknownParameter(string name) => Template.UnknownParameter(name);

    /// <summary>The network at a point, by the values that the point has of its parameters. The last one is kept: seeds change nothing.</summary>
    internal NetworkEvaluation Evaluate(NetworkValues values)
    {
        if (_last is { } last && last.Given.Equals(values))
        {
            return last.Evaluation;
        }

        var evaluation = Template.Evaluate(values);
        _last = new Evaluated(values, evaluation);
        return evaluation;
    }

    /// <summary>The point with its network.</summary>
    /// <exception cref="SweepFileException">The network cannot be simulated with the point's values.</exception>
    internal SimulationParameters Complete(SimulationParameters point)
    {
        var evaluation = Evaluate(point.NetworkValues ?? NetworkValues.Empty);
        return evaluation.Description is { } network
            ? point with { Network = network, N = (int)network.Neurons, NetworkValues = evaluation.Values }
            : throw new SweepFileException(evaluation.Errors);
    }

    /// <summary>The point as records know it: with the size of its network and the values of all parameters, but without the network.</summary>
    internal SimulationParameters Describe(SimulationParameters point)
    {
        var facts = FactsOf(point);
        return point with { N = facts.Neurons, NetworkValues = facts.Values };
    }

    /// <summary>The key of the point, whether its network can be simulated or not.</summary>
    internal PointKey KeyOf(SimulationParameters point) => PointKey.Of(Describe(point), FactsOf(point).Hash);

    // Networks of large files take long to be made, and most questions need a few numbers of them.
    private Facts FactsOf(SimulationParameters point)
    {
        var given = point.NetworkValues ?? NetworkValues.Empty;
        if (_facts.TryGetValue(given, out var known))
        {
            return known;
        }

        var evaluation = Evaluate(given);
        var facts = evaluation.Description is { } network
            ? new Facts((int)network.Neurons, evaluation.Values, CanonicalText.HashOf(network))
            : new Facts(0, evaluation.Values, HashOfFaulty(evaluation.Values));
        if (_facts.Count >= MostFacts)
        {
            _facts.Clear();
        }

        _facts[given] = facts;
        return facts;
    }

    private static UInt128 HashOfFaulty(NetworkValues values) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(string.Join(
        '\n', values.All.Select(value => $"fault {value.Name}={value.Word ?? value.Value.Bits.ToString(CultureInfo.InvariantCulture)}"))));

    private sealed record Evaluated(NetworkValues Given, NetworkEvaluation Evaluation);

    private sealed record Facts(int Neurons, NetworkValues Values, UInt128 Hash);
}
