using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Parameters;

namespace SparseProp.Engine;

/// <summary>Everything that determines a simulation's spikes: the network, its seeds, the event loop and how long it runs.</summary>
/// <remarks>What is known of a parameter beside its value is declared in <see cref="SimulationParameter"/>.</remarks>
public sealed record SimulationParameters
{
    /// <summary>What parameters are where they are not given; no network, for it has no neurons.</summary>
    public static SimulationParameters Defaults { get; } = new() { N = 0, K = 0, Stop = RunLength.None };

    public NeuronModel Model { get; init; } = NeuronModel.Lif;

    /// <summary>Number of neurons, n ≥ 2.</summary>
    public required int N { get; init; }

    /// <summary>Targets of each neuron, 0 ≤ k &lt; n; the in-degree is k on average. Drive grows with √k: without targets it is 0.</summary>
    public required int K { get; init; }

    /// <summary>
    /// Coupling j0 (dimensionless): synapses have strength |j0|/√k. Positive: neurons inhibit each other, except for the
    /// <see cref="ExcitatoryFraction"/>. Negative: all excite each other.
    /// </summary>
    public double J0 { get; init; } = 1;

    /// <summary>
    /// The share f of neurons, from 0 to 1, whose synapses excite: the first f·n, rounded to the nearest whole number, halves up.
    /// 0 where <see cref="J0"/> is negative.
    /// </summary>
    public double ExcitatoryFraction { get; init; }

    /// <summary>How many times as strong as an excitatory synapse an inhibitory one is, g ≥ 0: its strength is g·j0/√k.</summary>
    public double G { get; init; } = 1;

    /// <summary>
    /// The published scripts' <c>ratewnt</c> in Hz: the rate for which the drive is balanced as k grows. With excitation, the drive
    /// stays the same, and the balanced rate is that divided by (1 − f)g − f.
    /// </summary>
    public double Rate { get; init; } = 1;

    /// <summary>Membrane time constant in seconds.</summary>
    public double Tau { get; init; } = 0.01;

    /// <summary>Relative amplitude of the inhomogeneous drive (only <see cref="NeuronModel.QifInhomogeneous"/>), above −1.</summary>
    public double Eta { get; init; }

    /// <summary>Spike sharpness ΔV of the exponential integrate-and-fire models, positive.</summary>
    public double DeltaV { get; init; } = 0.1;

    /// <summary>
    /// Points of the published Chebyshev approximation (only <see cref="NeuronModel.EifChebyshev"/>; the script takes 20). 0: the
    /// approximation is made as accurate as that of <see cref="NeuronModel.Eif"/>.
    /// </summary>
    public int ChebyshevOrder { get; init; }

    /// <summary>Seed of the initial condition.</summary>
    public long SeedIc { get; init; } = 1;

    /// <summary>Seed of the network.</summary>
    public long SeedNet { get; init; } = 1;

    public Topology Topology { get; init; } = Topology.Independent;

    public EventLoop Loop { get; init; } = EventLoop.Window;

    /// <summary>How long the measurement lasts, counted from the end of the burn-in.</summary>
    public required RunLength Stop { get; init; }

    /// <summary>What is simulated before the measurement and left out of every statistic.</summary>
    public RunLength BurnIn { get; init; } = RunLength.None;

    /// <summary>What is measured beside the spikes' digest and the rate.</summary>
    public StatisticKinds Record { get; init; } = StatisticKinds.Cv;

    /// <summary>How many of the largest Lyapunov exponents are measured, from 0 to n; beyond the first, costs grow with their number.</summary>
    public int LyapunovExponents { get; init; }

    /// <summary>
    /// What the network is to learn; null where it is simulated as it is. Where it learns, the seed of the network and that of the
    /// initial condition are what they are in a simulation, <see cref="Stop"/> is the length of a trial, in seconds, and there is
    /// neither burn-in nor statistics.
    /// </summary>
    public TrainingParameters? Training { get; init; }

    /// <summary>
    /// A network of populations; null for the published one that the other parameters describe. With it, <see cref="N"/> is its number of
    /// neurons, <see cref="K"/> is 0, and of the other parameters only seeds, lengths and <see cref="Record"/> are read.
    /// </summary>
    public NetworkDescription? Network { get; init; }

    /// <summary>Seed of what reaches a <see cref="Network"/> from outside.</summary>
    public long SeedInput { get; init; } = 1;

    /// <summary>
    /// Values of the parameters that the file of a <see cref="Network"/> declares; null for the published network. Of a point that was read from
    /// a record, they are all that is known of its network.
    /// </summary>
    public NetworkValues? NetworkValues { get; init; }

    /// <summary>Whether the point is of a network of populations, and not of the published one.</summary>
    public bool IsOfPopulations => NetworkValues is not null;

    /// <summary>Drive I = τ√k·|j0|·rate (dimensionless), the same for all neurons but those of an inhomogeneous model.</summary>
    internal double Drive => Tau * Math.Sqrt(K) * Math.Abs(J0) * Rate;

    /// <summary>By how much an inhibitory input lowers V.</summary>
    internal double Inhibition => K == 0 ? 0 : G * Math.Abs(J0) / Math.Sqrt(K);

    /// <summary>By how much an excitatory input raises V.</summary>
    internal double Excitation => K == 0 ? 0 : Math.Abs(J0) / Math.Sqrt(K);

    /// <summary>How many neurons excite their targets: those with the lowest numbers.</summary>
    internal int ExcitatoryNeurons => J0 < 0 ? N : (int)Math.Round(ExcitatoryFraction * N, MidpointRounding.AwayFromZero);

    /// <summary>Whether no neuron spikes at all: without drive, only the exponential models' own current reaches the threshold.</summary>
    internal bool IsSilent => !IsOfPopulations && Drive == 0 && !UsesDeltaV(Model);

    /// <summary>A simulation of a network of populations.</summary>
    public static SimulationParameters Of(NetworkDescription network, RunLength stop)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new() { N = (int)Math.Min(network.Neurons, int.MaxValue), K = 0, Stop = stop, Network = network, NetworkValues = NetworkValues.Empty };
    }

    /// <summary>Whether <paramref name="model"/> reads <see cref="Eta"/>.</summary>
    public static bool UsesEta(NeuronModel model) => model == NeuronModel.QifInhomogeneous;

    /// <summary>Whether <paramref name="model"/> reads <see cref="DeltaV"/>.</summary>
    public static bool UsesDeltaV(NeuronModel model) => model is NeuronModel.Eif or NeuronModel.EifChebyshev;

    /// <summary>Whether <paramref name="model"/> reads <see cref="ChebyshevOrder"/>.</summary>
    public static bool UsesChebyshevOrder(NeuronModel model) => model == NeuronModel.EifChebyshev;
}

/// <summary>The parameters of simulations and of training.</summary>
public static class SimulationParameter
{
    public static Parameter Model { get; } =
        Word("model", EngineNames.Models, p => (long)p.Model, (p, v) => p with { Model = (NeuronModel)v }) with
        {
            Meaning = "neuron model",
            Help = "The neuron model.",
            Noun = "model",
            Field = 4,
            Cost = CostEffect.Value,
        };

    public static Parameter N { get; } = Count("n", p => p.N, (p, v) => p with { N = v }) with
    {
        Unit = "neurons",
        Meaning = "number of neurons",
        Field = 5,
        Cost = CostEffect.Value,
        IsMandatory = true,
        IsOfPopulations = true,
    };

    public static Parameter K { get; } = Count("k", p => p.K, (p, v) => p with { K = v }) with
    {
        Unit = "synapses",
        Meaning = "targets of each neuron",
        Help = "Targets of each neuron; the in-degree on average.",
        Field = 6,
        Cost = CostEffect.Value,
        IsMandatory = true,
        ScalesDrive = true,
    };

    /// <summary>Its sign decides whether neurons excite, inhibit or are silent; rates hardly depend on its size.</summary>
    public static Parameter J0 { get; } = Real("j0", p => p.J0, (p, v) => p with { J0 = v }) with
    {
        Meaning = "coupling",
        Help = "Coupling; synapses have strength |j0|/sqrt(k) and inhibit; negative: all excite.",
        Field = 7,
        Cost = CostEffect.Sign,
        ScalesDrive = true,
        Fault = v => double.IsFinite(v.Real) ? null : Text($"j0 = {v.Real} is no coupling; it must be a finite number"),
    };

    public static Parameter ExcitatoryFraction { get; } =
        Real("excitatory_fraction", p => p.ExcitatoryFraction, (p, v) => p with { ExcitatoryFraction = v }) with
        {
            Meaning = "share of excitatory neurons",
            Help = "Share of the neurons whose synapses excite, 0 to 1.",
            Field = 38,
            Cost = CostEffect.Value,
            Fault = v => v.Real is >= 0 and <= 1
                ? null
                : Text($"excitatory_fraction = {v.Real} is no share of the neurons; it must be within 0 and 1"),
        };

    public static Parameter Rate { get; } = Real("rate", p => p.Rate, (p, v) => p with { Rate = v }) with
    {
        Unit = "Hz",
        Meaning = "target rate that sets the drive",
        Help = "Target rate in Hz that sets the drive; 0 for none.",
        Field = 8,
        Cost = CostEffect.ValueInSeconds,
        ScalesDrive = true,
        Plausible = PlausibleRange.FiringRate,
        Fault = v => double.IsFinite(v.Real) && v.Real >= 0
            ? null
            : Text($"rate = {v.Real} is no target rate in Hz; it must be a finite number, 0 for a network without drive or above"),
    };

    public static Parameter ChebyshevOrder { get; } = Count("chebyshev_order", p => p.ChebyshevOrder, (p, v) => p with { ChebyshevOrder = v }) with
    {
        Meaning = "points of the published series",
        Help = "Points of the series of eif-chebyshev; 20 as published, 0 for as many as 1e-12 needs.",
        Field = 40,
        Cost = CostEffect.Value,
        Models = SimulationParameters.UsesChebyshevOrder,
    };

    public static Parameter SeedIc { get; } = Seed("seed_ic", p => p.SeedIc, (p, v) => p with { SeedIc = v }) with
    {
        Meaning = "seed of the initial condition",
        Field = 12,
    };

    public static Parameter SeedNet { get; } = Seed("seed_net", p => p.SeedNet, (p, v) => p with { SeedNet = v }) with
    {
        Meaning = "seed of the network",
        Field = 13,
    };

    public static Parameter SeedInput { get; } = Seed("seed_input", p => p.SeedInput, (p, v) => p with { SeedInput = v }) with
    {
        Meaning = "seed of the inputs",
        Help = "Seed of what reaches a network of one's own from outside.",
        Field = 80,
        IsOfPopulationsOnly = true,
    };

    public static Parameter Record { get; } =
                new("record", ParameterKind.Words, p => new((long)p.Record), (p, v) => p with { Record = (StatisticKinds)v.Whole })
                {
                    Meaning = "what was measured",
                    Help = "What to measure, separated by commas; the rate alone takes no memory.",
                    Vocabulary = EngineNames.Statistics,
                    ImpliedWords = 1,
                    Field = 41,
                    IsSection = true,
                };

    /// <summary>Those that simulations read, in the order in which they are documented.</summary>
    public static IReadOnlyList<Parameter> OfSimulations { get; } =
    [
        Model,
        N,
        K,
        J0,
        ExcitatoryFraction,
        Real("g", p => p.G, (p, v) => p with { G = v }) with
        {
            Meaning = "inhibition relative to excitation", Help = "How many times as strong as an excitatory synapse an inhibitory one is.",
            Field = 39, Cost = CostEffect.Value,
            Fault = v => v.Real is >= 0 and <= 1e6 ? null : Text($"g = {v.Real} is no ratio of inhibition to excitation; it must be within 0 and 1e6"),
        },
        Rate,
        Real("tau", p => p.Tau, (p, v) => p with { Tau = v }) with
        {
            Unit = "s", Meaning = "membrane time constant", Help = "Membrane time constant in seconds.", Field = 9,
            Plausible = PlausibleRange.MembraneTime,
            Fault = v => double.IsFinite(v.Real) && v.Real > 0
                ? null
                : Text($"tau = {v.Real} is no membrane time constant in seconds; it must be a finite number above 0"),
        },
        Real("eta", p => p.Eta, (p, v) => p with { Eta = v }) with
        {
            Meaning = "inhomogeneity of the drive", Help = "Inhomogeneity of the drive (qif-inhomogeneous).", Field = 10,
            Models = SimulationParameters.UsesEta,
            Fault = v => double.IsFinite(v.Real) && v.Real > -1
                ? null
                : Text($"eta = {v.Real} makes the drive of some neurons negative; eta must be above -1"),
        },
        Real("delta_v", p => p.DeltaV, (p, v) => p with { DeltaV = v }) with
        {
            Meaning = "spike sharpness", Help = "Spike sharpness (eif, eif-chebyshev).", Field = 11, Models = SimulationParameters.UsesDeltaV,
            Plausible = PlausibleRange.SpikeSharpness,
            Fault = v => v.Real switch
            {
                >= 1e-6 and <= 20 => null,
                > 0 and < 1e-6 => Text($"delta_v = {v.Real} is so sharp that model lif is the same neuron; delta_v must be within 1e-6 and 20"),
                > 20 and < double.PositiveInfinity => Text($"delta_v = {v.Real} spikes beyond V = 1000, the end of the scripts; delta_v must be within 1e-6 and 20"),
                _ => Text($"delta_v = {v.Real} is no spike sharpness; it must be a finite number above 0"),
            },
        },
        ChebyshevOrder,
        SeedIc,
        SeedNet,
        SeedInput,
        Word("topology", EngineNames.Topologies, p => (long)p.Topology, (p, v) => p with { Topology = (Topology)v }) with
        {
            Meaning = "how targets are drawn", Field = 14, IsSection = true, IsOfPublishedOnly = true,
        },
        Word("engine", EngineNames.EventLoops, p => (long)p.Loop, (p, v) => p with { Loop = (EventLoop)v }) with
        {
            Meaning = "event loop", Help = "The event loop; both give the same spikes.", Field = 15, IsSection = true, IsOfPublishedOnly = true,
        },
        Word("stop_unit", EngineNames.RunUnits, p => (long)p.Stop.Unit, (p, v) => p with { Stop = p.Stop with { Unit = (RunUnit)v } }) with
        {
            Meaning = "unit of stop_amount", Field = 16, IsSection = true, IsOfLength = true,
        },
        Real("stop_amount", p => p.Stop.Amount, (p, v) => p with { Stop = p.Stop with { Amount = v } }) with
        {
            Meaning = "length of the measurement", Field = 17, IsSection = true, IsOfLength = true,
        },
        Word("burn_in_unit", EngineNames.RunUnits, p => (long)p.BurnIn.Unit, (p, v) => p with { BurnIn = p.BurnIn with { Unit = (RunUnit)v } }) with
        {
            Meaning = "unit of burn_in_amount", Field = 18, IsSection = true, IsOfLength = true,
        },
        Real("burn_in_amount", p => p.BurnIn.Amount, (p, v) => p with { BurnIn = p.BurnIn with { Amount = v } }) with
        {
            Meaning = "length of the burn-in", Field = 19, IsSection = true, IsOfLength = true,
        },
        Record,
        Count("lyapunov", p => p.LyapunovExponents, (p, v) => p with { LyapunovExponents = v }) with
        {
            Meaning = "Lyapunov exponents asked for", Help = "How many of the largest Lyapunov exponents to measure; 1 costs O(k) per spike.",
            Field = 42, IsSection = true,
        },
    ];

    /// <summary>All of them: those of simulations, then those of training.</summary>
    public static IReadOnlyList<Parameter> All { get; } = [.. OfSimulations, .. TrainingParameter.All];

    /// <summary>The parameter of that name.</summary>
    public static Parameter? Find(string name) => All.FirstOrDefault(parameter => parameter.Name == name);

    private static Parameter Count(string name, Func<SimulationParameters, int> get, Func<SimulationParameters, int, SimulationParameters> set) =>
        new(name, ParameterKind.Count, p => ParameterValue.Of(get(p)), (p, v) => set(p, (int)v.Whole)) { Meaning = "" };

    private static Parameter Seed(string name, Func<SimulationParameters, long> get, Func<SimulationParameters, long, SimulationParameters> set) =>
        new(name, ParameterKind.Whole, p => ParameterValue.Of(get(p)), (p, v) => set(p, v.Whole)) { Meaning = "", IsSeed = true };

    private static Parameter Real(string name, Func<SimulationParameters, double> get, Func<SimulationParameters, double, SimulationParameters> set) =>
        new(name, ParameterKind.Real, p => ParameterValue.Of(get(p)), (p, v) => set(p, v.Real)) { Meaning = "" };

    private static Parameter Word(
        string name, IReadOnlyList<string> words, Func<SimulationParameters, long> get, Func<SimulationParameters, long, SimulationParameters> set) =>
        new(name, ParameterKind.Word, p => ParameterValue.Of(get(p)), (p, v) => set(p, v.Whole)) { Meaning = "", Vocabulary = words };

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
