using SparseProp.Engine;

namespace SparseProp.Sweeps.Axes;

/// <summary>What the values of a parameter are.</summary>
internal enum ParameterKind
{
    /// <summary>Integer of 32 bits: n, k, chebyshev_order.</summary>
    Count,

    /// <summary>Integer of 64 bits: the seeds.</summary>
    Seed,

    /// <summary>Double.</summary>
    Real,

    /// <summary>Name of a <see cref="NeuronModel"/>.</summary>
    Model,

    /// <summary>Name of a <see cref="TrainingTask"/>.</summary>
    Task,
}

/// <summary>A parameter that sweep files may set, and where it stands in <see cref="SimulationParameters"/>.</summary>
internal sealed class Parameter
{
    private static readonly TrainingParameters TrainingDefaults = new();
    private static readonly SimulationParameters Defaults = new() { N = 2, K = 1, Stop = RunLength.None };

    private readonly Func<SimulationParameters, ParameterValue> _get;
    private readonly Func<SimulationParameters, ParameterValue, SimulationParameters> _set;
    private readonly CostEffect _cost;
    private readonly Func<NeuronModel, bool>? _isReadBy;

    private Parameter(
        string name,
        ParameterKind kind,
        CostEffect cost,
        Func<SimulationParameters, ParameterValue> get,
        Func<SimulationParameters, ParameterValue, SimulationParameters> set,
        Func<NeuronModel, bool>? isReadBy = null)
    {
        Name = name;
        Kind = kind;
        _get = get;
        _set = set;
        _cost = cost;
        _isReadBy = isReadBy;
    }

    public static Parameter Model { get; } = new(
        "model",
        ParameterKind.Model,
        CostEffect.Value,
        p => ParameterValue.Of((long)p.Model),
        (p, v) => p with { Model = (NeuronModel)v.Integer });

    public static Parameter N { get; } = new(
        "n", ParameterKind.Count, CostEffect.Value, p => ParameterValue.Of(p.N), (p, v) => p with { N = (int)v.Integer });

    public static Parameter K { get; } = new(
        "k", ParameterKind.Count, CostEffect.Value, p => ParameterValue.Of(p.K), (p, v) => p with { K = (int)v.Integer });

    /// <summary>Its sign decides whether neurons excite, inhibit or are silent; rates hardly depend on its size.</summary>
    public static Parameter J0 { get; } = new(
        "j0", ParameterKind.Real, CostEffect.Sign, p => ParameterValue.Of(p.J0), (p, v) => p with { J0 = v.Real });

    public static Parameter ExcitatoryFraction { get; } = new(
        "excitatory_fraction",
        ParameterKind.Real,
        CostEffect.Value,
        p => ParameterValue.Of(p.ExcitatoryFraction),
        (p, v) => p with { ExcitatoryFraction = v.Real });

    public static Parameter Rate { get; } = new(
        "rate", ParameterKind.Real, CostEffect.ValueInSeconds, p => ParameterValue.Of(p.Rate), (p, v) => p with { Rate = v.Real })
    {
        Plausible = PlausibleRange.FiringRate,
    };

    public static Parameter ChebyshevOrder { get; } = new(
        "chebyshev_order",
        ParameterKind.Count,
        CostEffect.Value,
        p => ParameterValue.Of(p.ChebyshevOrder),
        (p, v) => p with { ChebyshevOrder = (int)v.Integer },
        SimulationParameters.UsesChebyshevOrder);

    public static Parameter SeedIc { get; } = new(
        "seed_ic", ParameterKind.Seed, CostEffect.None, p => ParameterValue.Of(p.SeedIc), (p, v) => p with { SeedIc = v.Integer });

    public static Parameter SeedNet { get; } = new(
        "seed_net", ParameterKind.Seed, CostEffect.None, p => ParameterValue.Of(p.SeedNet), (p, v) => p with { SeedNet = v.Integer });

    public static Parameter TrainingTask { get; } = new(
        "training_task",
        ParameterKind.Task,
        CostEffect.Value,
        p => ParameterValue.Of((long)TrainingOf(p).Task),
        (p, v) => p with { Training = TrainingOf(p) with { Task = (TrainingTask)v.Integer } });

    /// <summary>Those that only training reads.</summary>
    public static IReadOnlyList<Parameter> OfTraining { get; } =
    [
        TrainingTask,
        .. TrainingParameter.All.Select(Of),
        new(
            "seed_data",
            ParameterKind.Seed,
            CostEffect.None,
            p => ParameterValue.Of(TrainingOf(p).SeedData),
            (p, v) => p with { Training = TrainingOf(p) with { SeedData = v.Integer } }),
    ];

    /// <summary>All that simulations read, and training too unless its rules refuse them, in the order in which they are documented.</summary>
    public static IReadOnlyList<Parameter> All { get; } =
    [
        N,
        K,
        J0,
        ExcitatoryFraction,
        new("g", ParameterKind.Real, CostEffect.Value, p => ParameterValue.Of(p.G), (p, v) => p with { G = v.Real }),
        Rate,
        new("tau", ParameterKind.Real, CostEffect.None, p => ParameterValue.Of(p.Tau), (p, v) => p with { Tau = v.Real })
        {
            Plausible = PlausibleRange.MembraneTime,
        },
        new(
            "eta",
            ParameterKind.Real,
            CostEffect.None,
            p => ParameterValue.Of(p.Eta),
            (p, v) => p with { Eta = v.Real },
            SimulationParameters.UsesEta),
        new(
            "delta_v",
            ParameterKind.Real,
            CostEffect.None,
            p => ParameterValue.Of(p.DeltaV),
            (p, v) => p with { DeltaV = v.Real },
            SimulationParameters.UsesDeltaV)
        {
            Plausible = PlausibleRange.SpikeSharpness,
        },
        ChebyshevOrder,
        SeedIc,
        SeedNet,
        Model,
    ];

    /// <summary>Those that some models do not read.</summary>
    public static IReadOnlyList<Parameter> OfSomeModels { get; } = [.. All.Where(p => p._isReadBy is not null)];

    /// <summary>Its name in sweep files, on the command line and in tables.</summary>
    public string Name { get; }

    public ParameterKind Kind { get; }

    /// <summary>What is usual in the field; null where nothing is.</summary>
    public PlausibleRange? Plausible { get; private init; }

    /// <summary>Whether its values are names.</summary>
    public bool IsName => Kind is ParameterKind.Model or ParameterKind.Task;

    /// <summary>What a value names; empty where values are numbers.</summary>
    public string Noun => Kind switch { ParameterKind.Model => "model", ParameterKind.Task => "task", _ => "" };

    /// <summary>The names that there are; empty where values are numbers.</summary>
    public IReadOnlyList<string> Names => Kind switch
    {
        ParameterKind.Model => EngineNames.Models,
        ParameterKind.Task => EngineNames.TrainingTasks,
        _ => [],
    };

    public bool IsInteger => Kind is ParameterKind.Count or ParameterKind.Seed;

    /// <summary>Whether the drive is proportional to a power of it, so that no neuron has any where it is 0.</summary>
    public bool ScalesDrive => this == K || this == J0 || this == Rate;

    /// <summary>Whether its values are realisations of the same point, to be averaged over: the seeds.</summary>
    public bool IsReplicate => Kind == ParameterKind.Seed;

    /// <summary>What it is where a sweep file does not give it.</summary>
    public ParameterValue Default => Get(Defaults);

    /// <summary>Equal for values that make no difference to a point's cost while the other parameters are the same.</summary>
    /// <param name="value">A value of this parameter.</param>
    /// <param name="lastsSeconds">Whether burn-in or measurement are in seconds.</param>
    public long CostKey(ParameterValue value, bool lastsSeconds) => _cost switch
    {
        CostEffect.Value => value.Bits,
        CostEffect.ValueInSeconds when lastsSeconds => value.Bits,
        CostEffect.Sign => Math.Sign(value.Real),
        _ => 0,
    };

    /// <summary>The parameter of that name, of simulations or of training.</summary>
    public static Parameter? Find(string name) => All.Concat(OfTraining).FirstOrDefault(p => p.Name == name);

    public ParameterValue Get(SimulationParameters p) => _get(p);

    public SimulationParameters Set(SimulationParameters p, ParameterValue value) => _set(p, value);

    /// <summary>Whether the value changes what <paramref name="model"/> does.</summary>
    public bool IsReadBy(NeuronModel model) => _isReadBy?.Invoke(model) ?? true;

    private static Parameter Of(TrainingParameter parameter) => new(
        parameter.Name,
        parameter.IsWhole ? ParameterKind.Count : ParameterKind.Real,
        parameter.Costs ? CostEffect.Value : CostEffect.None,
        p => parameter.IsWhole
            ? ParameterValue.Of((long)parameter.Get(TrainingOf(p)))
            : ParameterValue.Of(parameter.Get(TrainingOf(p))),
        (p, v) => p with { Training = parameter.Set(TrainingOf(p), parameter.IsWhole ? v.Integer : v.Real) });

    // A point of a simulation that is asked has the defaults.
    private static TrainingParameters TrainingOf(SimulationParameters p) => p.Training ?? TrainingDefaults;
}
