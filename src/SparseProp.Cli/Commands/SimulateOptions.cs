using System.CommandLine;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;

namespace SparseProp.Cli.Commands;

/// <summary>The options of <c>simulate</c> that say what to simulate, and how they become parameters.</summary>
internal sealed class SimulateOptions
{
    private readonly IReadOnlyList<(Parameter Parameter, Option<ParameterValue?> Option)> _parameters =
        [.. SimulationParameter.OfSimulations.Where(parameter => !parameter.IsOfLength).Select(parameter => (parameter, ParameterOption.Of(parameter)))];

    private readonly LengthOptions _stop = new("", "Stop after");
    private readonly LengthOptions _burnIn = new("burn-in-", "Simulate but do not measure the first");

    public IEnumerable<Option> All => [.. _parameters.Select(given => given.Option), .. _stop.All, .. _burnIn.All];

    /// <exception cref="UserError">Something is missing or cannot be simulated; all of it is named.</exception>
    public SimulationParameters Read(ParseResult parsed)
    {
        var point = SimulationParameters.Defaults;
        foreach (var (parameter, option) in _parameters)
        {
            if (parsed.GetValue(option) is { } value)
            {
                point = parameter.Set(point, value);
            }
            else if (parameter.IsMandatory)
            {
                throw new UserError(ExitCode.Invalid, $"{option.Name} is missing");
            }
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
            : throw new UserError(ExitCode.Invalid, string.Join("\nsparseprop: ", errors.Select(error => $"{OptionFor(error.Parameter, parameters)}: {error.Message}")));
    }

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
