using System.CommandLine;
using SparseProp.Engine;
using SparseProp.Results;

namespace SparseProp.Cli.Commands;

/// <summary>The options of <c>simulate</c> that say what to simulate, and how they become parameters.</summary>
internal sealed class SimulateOptions
{
    private static readonly SimulationParameters Standard = new() { N = 2, K = 1, Stop = RunLength.Spikes(1) };

    private readonly Option<NeuronModel> _model = Model();

    private readonly Option<long?> _n = NumberOption.OptionalWhole("--n", "Number of neurons.");
    private readonly Option<long?> _k = NumberOption.OptionalWhole("--k", "Targets of each neuron; the in-degree on average.");
    private readonly Option<double> _j0 = NumberOption.Real(
        "--j0", "Coupling; synapses have strength |j0|/sqrt(k) and inhibit; negative: all excite.", Standard.J0);

    private readonly Option<double> _excitatoryFraction = NumberOption.Real(
        "--excitatory-fraction", "Share of the neurons whose synapses excite, 0 to 1.", Standard.ExcitatoryFraction);

    private readonly Option<double> _g = NumberOption.Real(
        "--g", "How many times as strong as an excitatory synapse an inhibitory one is.", Standard.G);

    private readonly Option<double> _rate = NumberOption.Real(
        "--rate", "Target rate in Hz that sets the drive; 0 for none.", Standard.Rate);

    private readonly Option<double> _tau = NumberOption.Real("--tau", "Membrane time constant in seconds.", Standard.Tau);
    private readonly Option<double> _eta =
        NumberOption.Real("--eta", "Inhomogeneity of the drive (qif-inhomogeneous).", Standard.Eta);

    private readonly Option<double> _deltaV =
        NumberOption.Real("--delta-v", "Spike sharpness (eif, eif-chebyshev).", Standard.DeltaV);

    private readonly Option<long> _chebyshevOrder = NumberOption.Whole(
        "--chebyshev-order", "Points of the series of eif-chebyshev; 20 as published, 0 for as many as 1e-12 needs.", Standard.ChebyshevOrder);

    private readonly Option<long> _seedIc = NumberOption.Whole("--seed-ic", "Seed of the initial condition.", Standard.SeedIc);
    private readonly Option<long> _seedNet = NumberOption.Whole("--seed-net", "Seed of the network.", Standard.SeedNet);

    private readonly Option<Topology> _topology =
        OneOf<Topology>("--topology", "How targets are drawn.", EngineNames.Topologies, EngineNames.TryParse, EngineNames.Of);

    private readonly Option<EventLoop> _loop =
        OneOf<EventLoop>(
            "--engine", "The event loop; both give the same spikes.", EngineNames.EventLoops, EngineNames.TryParse, EngineNames.Of);

    private readonly Option<StatisticKinds> _record = OneOf<StatisticKinds>(
        "--record",
        "What to measure, separated by commas; the rate alone takes no memory.",
        RecordNames.Statistics,
        RecordNames.TryParse,
        RecordNames.Of,
        Standard.Record);

    private readonly Option<long> _lyapunov = NumberOption.Whole(
        "--lyapunov", "How many of the largest Lyapunov exponents to measure; 1 costs O(k) per spike.", Standard.LyapunovExponents);

    private readonly LengthOptions _stop = new("", "Stop after");
    private readonly LengthOptions _burnIn = new("burn-in-", "Simulate but do not measure the first");

    /// <summary>The option that names the neuron model.</summary>
    public static Option<NeuronModel> Model() =>
        OneOf<NeuronModel>("--model", "The neuron model.", EngineNames.Models, EngineNames.TryParse, EngineNames.Of);

    public IEnumerable<Option> All =>
    [
        _model, _n, _k, _j0, _excitatoryFraction, _g, _rate, _tau, _eta, _deltaV, _chebyshevOrder, _seedIc, _seedNet, _topology, _loop,
        .. _stop.All, .. _burnIn.All, _record, _lyapunov,
    ];

    /// <exception cref="UserError">Something is missing or cannot be simulated; all of it is named.</exception>
    public SimulationParameters Read(ParseResult parsed)
    {
        var parameters = new SimulationParameters
        {
            Model = parsed.GetValue(_model),
            N = ReadInt(parsed, _n),
            K = ReadInt(parsed, _k),
            J0 = parsed.GetValue(_j0),
            ExcitatoryFraction = parsed.GetValue(_excitatoryFraction),
            G = parsed.GetValue(_g),
            Rate = parsed.GetValue(_rate),
            Tau = parsed.GetValue(_tau),
            Eta = parsed.GetValue(_eta),
            DeltaV = parsed.GetValue(_deltaV),
            ChebyshevOrder = (int)Math.Clamp(parsed.GetValue(_chebyshevOrder), int.MinValue, int.MaxValue),
            SeedIc = parsed.GetValue(_seedIc),
            SeedNet = parsed.GetValue(_seedNet),
            Topology = parsed.GetValue(_topology),
            Loop = parsed.GetValue(_loop),
            Stop = _stop.Read(parsed) ?? throw new UserError(ExitCode.Invalid, $"say when to stop: one of {_stop.Names}"),
            BurnIn = _burnIn.Read(parsed) ?? RunLength.None,
            Record = parsed.GetResult(_record) is null ? Standard.Record : parsed.GetValue(_record),
            LyapunovExponents = (int)Math.Clamp(parsed.GetValue(_lyapunov), int.MinValue, int.MaxValue),
        };
        return Checked(parameters);
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
    public static string OptionFor(string parameter, SimulationParameters given) => "--" + (parameter switch
    {
        "stop" => RecordNames.Of(given.Stop.Unit),
        "burn_in" => $"burn_in_{RecordNames.Of(given.BurnIn.Unit)}",
        _ => parameter,
    }).Replace('_', '-');

    private static int ReadInt(ParseResult parsed, Option<long?> option)
    {
        var value = parsed.GetValue(option) ?? throw new UserError(ExitCode.Invalid, $"{option.Name} is missing");
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new UserError(ExitCode.Invalid, $"{option.Name} {value} is beyond the largest number, {int.MaxValue}");
    }

    private delegate bool TryParse<T>(string name, out T value);

    // Where another than the first value is the default, reading the option has to see to it: the help would show the enumeration's name.
    private static Option<T> OneOf<T>(
        string name, string description, IReadOnlyList<string> names, TryParse<T> tryParse, Func<T, string> nameOf, T standard = default)
        where T : struct, Enum
    {
        var option = new Option<T>(name)
        {
            Description = $"{description} [default: {nameOf(standard)}]",
            HelpName = string.Join('|', names),
        };

        // The field's names, not those of the enumeration.
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. names]);
        option.CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (!tryParse(text, out var value))
            {
                result.AddError(WordOption.Refusal(name, text.Split(',').FirstOrDefault(word => !names.Contains(word), text), names));
            }

            return value;
        };
        return option;
    }

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
