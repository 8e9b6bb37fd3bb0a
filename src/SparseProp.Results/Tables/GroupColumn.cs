using SparseProp.Engine;

namespace SparseProp.Results.Tables;

/// <summary>A parameter by which points are grouped, under its name in sweep files.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="Order">Where groups of that value stand in a table.</param>
public sealed record GroupColumn(string Name, Func<SimulationParameters, string> Value, Func<SimulationParameters, double> Order)
{
    /// <summary>Every parameter that is no seed; seeds are what is averaged over.</summary>
    public static IReadOnlyList<GroupColumn> All { get; } =
    [
        new("model", p => EngineNames.Of(p.Model), p => (double)p.Model),
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
        new(
            TrainingNames.Task,
            p => p.Training is { } training ? EngineNames.Of(training.Task) : "",
            p => p.Training is { } training ? (double)training.Task : -1),
        .. TrainingParameter.All.Select(Training),
    ];

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

    private static GroupColumn Number(string name, Func<SimulationParameters, double> value) =>
        new(name, p => value(p).ToString("R", System.Globalization.CultureInfo.InvariantCulture), value);
}
