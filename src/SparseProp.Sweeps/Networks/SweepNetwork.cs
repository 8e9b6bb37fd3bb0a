using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>The network of a sweep, and which of its parameters the sweep gives values.</summary>
public sealed class SweepNetwork
{
    private readonly Dictionary<Parameter, NetworkParameter> _used = new(ReferenceEqualityComparer.Instance);
    private Evaluated? _last;

    private readonly Node _node;
    private readonly TrackedFiles _files;
    private readonly string? _ownFile;

    /// <param name="at">Where the sweep file names it.</param>
    /// <param name="template">The network.</param>
    /// <param name="node">What the file says of it.</param>
    /// <param name="files">The files that were read and will be.</param>
    /// <param name="ownFile">The file that describes it; null where the sweep file does.</param>
    internal SweepNetwork(Position at, NetworkTemplate template, Node node, TrackedFiles files, string? ownFile)
    {
        (At, Template) = (at, template);
        (_node, _files, _ownFile) = (node, files, ownFile);
    }

    public NetworkTemplate Template { get; }

    internal Position At { get; }

    /// <summary>The files that belong to the sweep, as it names them: that of the network, and those that it and the axes name.</summary>
    public IReadOnlyList<string> Files => [.. _ownFile is null ? [] : (string[])[_ownFile], .. _files.Read.Select(file => file.Name)];

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

    private sealed record Evaluated(NetworkValues Given, NetworkEvaluation Evaluation);
}
