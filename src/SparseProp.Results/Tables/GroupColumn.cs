using SparseProp.Engine;

namespace SparseProp.Results.Tables;

/// <summary>What points are grouped by: a parameter, or another thing that tells simulations apart, under its column's name.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="Order">Where groups of that value stand in a table.</param>
public sealed record GroupColumn(string Name, Func<SimulationParameters, string> Value, Func<SimulationParameters, double> Order)
{
    /// <summary>All that makes two points of a store differ and is no seed; seeds are what is averaged over.</summary>
    public static IReadOnlyList<GroupColumn> All { get; } =
    [
        Word("model", p => EngineNames.Of(p.Model), p => (double)p.Model),
        Number("n", p => p.N),
        Number("k", p => p.K),
        Number("j0", p => p.J0),
        Number("excitatory_fraction", p => p.ExcitatoryFraction),
        Number("g", p => p.G),
        Number("rate", p => p.Rate),
        Number("tau", p => p.Tau),
        Number("eta", p => p.Eta),
        Number("delta_v", p => p.DeltaV),
        Number("chebyshev_order", p => p.ChebyshevOrder),
        Word("topology", p => EngineNames.Of(p.Topology), p => (double)p.Topology),
        Word("engine", p => EngineNames.Of(p.Loop), p => (double)p.Loop),
        Word("stop_unit", p => RecordNames.Of(p.Stop.Unit), p => (double)p.Stop.Unit),
        Number("stop_amount", p => p.Stop.Amount),
        Word("burn_in_unit", p => RecordNames.Of(p.BurnIn.Unit), p => (double)p.BurnIn.Unit),
        Number("burn_in_amount", p => p.BurnIn.Amount),
        Word("record", p => RecordNames.Of(p.Record), p => (double)p.Record),
        Number("lyapunov", p => p.LyapunovExponents),
        Word(
            TrainingNames.Task,
            p => p.Training is { } training ? EngineNames.Of(training.Task) : "",
            p => p.Training is { } training ? (double)training.Task : -1),
        Word(
            TrainingNames.Trained,
            p => p.Training is { } training ? EngineNames.Of(training.Trained) : "",
            p => p.Training is { } training ? (double)training.Trained : -1),
        .. TrainingParameter.All.Select(Training),
    ];

    /// <summary>Whether its values are numbers, which an axis can have.</summary>
    public bool IsNumber { get; private init; } = true;

    /// <summary>Whether a point has the parameter at all: a simulation has none of training's.</summary>
    public bool IsOf(SimulationParameters p) => Value(p).Length > 0;

    /// <summary>The columns of these names, in the order of the names.</summary>
    /// <exception cref="ArgumentException">A name is no parameter to group by.</exception>
    public static IReadOnlyList<GroupColumn> Named(IEnumerable<string> names) => [.. names.Select(Find).Distinct()];

    private static IEnumerable<string> Names => All.Select(column => column.Name);

    private static GroupColumn Find(string name) =>
        All.FirstOrDefault(column => column.Name == name)
        ?? throw new ArgumentException(
            $"'{name}' is no parameter{NearestName.Hint(name, Names)}; there are {string.Join(", ", Names)}");

    private static GroupColumn Training(TrainingParameter parameter) => new(
        parameter.Name,
        p => p.Training is { } training ? parameter.Get(training).ToString("R", System.Globalization.CultureInfo.InvariantCulture) : "",
        p => p.Training is { } training ? parameter.Get(training) : double.NegativeInfinity);

    private static GroupColumn Word(string name, Func<SimulationParameters, string> value, Func<SimulationParameters, double> order) =>
        new(name, value, order) { IsNumber = false };

    private static GroupColumn Number(string name, Func<SimulationParameters, double> value) =>
        new(name, p => value(p).ToString("R", System.Globalization.CultureInfo.InvariantCulture), value);
}
