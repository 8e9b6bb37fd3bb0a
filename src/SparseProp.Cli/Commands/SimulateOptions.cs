using System.CommandLine;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Cli.Commands;

/// <summary>The options of <c>simulate</c> that say what to simulate, and how they become parameters.</summary>
internal sealed class SimulateOptions
{
    private readonly IReadOnlyList<(Parameter Parameter, Option<ParameterValue?> Option)> _parameters =
        [.. SimulationParameter.OfSimulations.Where(parameter => !parameter.IsOfLength).Select(parameter => (parameter, ParameterOption.Of(parameter)))];

    private readonly Option<string?> _network = new("--network")
    {
        Description = "Simulate the network that FILE describes instead of the published one.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _set = NetworkOptions.Set();

    private readonly LengthOptions _stop = new("", "Stop after");
    private readonly LengthOptions _burnIn = new("burn-in-", "Simulate but do not measure the first");

    public IEnumerable<Option> All => [.. _parameters.Select(given => given.Option), _network, _set, .. _stop.All, .. _burnIn.All];

    /// <summary>The network of one's own that is to be simulated; null for the published one.</summary>
    /// <exception cref="UserError">There is no such file, or options are given that only the other kind of network reads.</exception>
    /// <exception cref="SparseProp.Sweeps.SweepFileException">The file describes no network.</exception>
    public NetworkTemplate? ReadNetwork(ParseResult parsed)
    {
        if (parsed.GetValue(_network) is not { } path)
        {
            foreach (var option in (IEnumerable<Option>)[_set, .. _parameters.Where(given => given.Parameter.IsOfPopulationsOnly).Select(given => given.Option)])
            {
                if (parsed.GetResult(option) is { Implicit: false })
                {
                    throw new UserError(ExitCode.Invalid, $"{option.Name} is of networks of one's own; give --network FILE, too");
                }
            }

            return null;
        }

        foreach (var (parameter, option) in _parameters)
        {
            if ((!parameter.IsOfPopulations || parameter.IsMandatory) && parsed.GetResult(option) is { Implicit: false })
            {
                throw new UserError(ExitCode.Invalid, $"{option.Name} is of the published network; of that of --network, give --set NAME=VALUE");
            }
        }

        return NetworkOptions.Load(path);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="network">What <see cref="ReadNetwork"/> read.</param>
    /// <exception cref="UserError">Something is missing or cannot be simulated; all of it is named.</exception>
    public SimulationParameters Read(ParseResult parsed, NetworkTemplate? network)
    {
        var point = SimulationParameters.Defaults;
        foreach (var (parameter, option) in _parameters)
        {
            if (parsed.GetValue(option) is { } value)
            {
                point = parameter.Set(point, value);
            }
            else if (parameter.IsMandatory && network is null)
            {
                throw new UserError(ExitCode.Invalid, $"{option.Name} is missing");
            }
        }

        if (network is not null)
        {
            var evaluation = NetworkOptions.Evaluate(network, parsed.GetValue(_set)!);
            point = point with
            {
                Network = evaluation.Description,
                NetworkValues = evaluation.Values,
                N = (int)evaluation.Description!.Neurons,
            };
        }

        return Checked(point with
        {
            Stop = _stop.Read(parsed) ?? throw new UserError(ExitCode.Invalid, $"say when to stop: one of {_stop.Names}"),
            BurnIn = _burnIn.Read(parsed) ?? RunLength.None,
        });
    }

    /// <summary>The parameters themselves.</summary>
    /// <exception cref="UserError">They cannot be simulated; all that is wrong is named.</exception>
    public static SimulationParameters Checked(SimulationParameters parameters)
    {
        var errors = ParameterRules.Check(parameters);
        return errors.Count == 0
            ? parameters
            : throw new UserError(ExitCode.Invalid, string.Join("\nsparseprop: ", errors.Select(error => $"{NameOf(error.Parameter, parameters)}: {error.Message}")));
    }

    // What a network file says is named by its path in the file.
    private static string NameOf(string parameter, SimulationParameters given) =>
        given.Network is not null && SimulationParameter.Find(parameter) is null && parameter is not ("stop" or "burn_in") ? parameter : OptionFor(parameter, given);

    /// <summary>The option that gave a parameter; a length has one for each unit.</summary>
    public static string OptionFor(string parameter, SimulationParameters given) => ParameterOption.NameOf(parameter switch
    {
        "stop" => EngineNames.Of(given.Stop.Unit),
        "burn_in" => $"burn_in_{EngineNames.Of(given.BurnIn.Unit)}",
        _ => parameter,
    });

    /// <summary>A length given by one of three options.</summary>
    private sealed class LengthOptions(string prefix, string purpose)
    {
        private readonly Option<long?> _spikes =
            NumberOption.OptionalWhole($"--{prefix}spikes", $"{purpose} this many spikes of the network.");

        private readonly Option<double?> _spikesPerNeuron =
            NumberOption.OptionalReal($"--{prefix}spikes-per-neuron", $"{purpose} this many spikes per neuron.");

        private readonly Option<double?> _seconds =
            NumberOption.OptionalReal($"--{prefix}seconds", $"{purpose} this many seconds of simulated time.");

        public IEnumerable<Option> All => [_spikes, _spikesPerNeuron, _seconds];

        public string Names => string.Join(", ", All.Select(option => option.Name));

        public RunLength? Read(ParseResult parsed)
        {
            List<RunLength> given = [];
            if (parsed.GetValue(_spikes) is { } spikes)
            {
                given.Add(RunLength.Spikes(spikes));
            }

            if (parsed.GetValue(_spikesPerNeuron) is { } spikesPerNeuron)
            {
                given.Add(RunLength.SpikesPerNeuron(spikesPerNeuron));
            }

            if (parsed.GetValue(_seconds) is { } seconds)
            {
                given.Add(RunLength.Seconds(seconds));
            }

            return given.Count switch
            {
                0 => null,
                1 => given[0],
                _ => throw new UserError(ExitCode.Invalid, $"give only one of {Names}"),
            };
        }
    }
}
