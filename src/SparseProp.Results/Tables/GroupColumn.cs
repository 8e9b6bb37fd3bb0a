using SparseProp.Engine;
using SparseProp.Engine.Parameters;

namespace SparseProp.Results.Tables;

/// <summary>What points are grouped by: a parameter, or another thing that tells simulations apart, under its column's name.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="Order">Where groups of that value stand in a table.</param>
public sealed record GroupColumn(string Name, Func<SimulationParameters, string> Value, Func<SimulationParameters, double> Order)
{
    /// <summary>All that makes two points of a store differ and is no seed; seeds are what is averaged over.</summary>
    public static IReadOnlyList<GroupColumn> All { get; } = [.. SimulationParameter.All.Where(parameter => !parameter.IsSeed).Select(Of)];

    /// <summary>Whether its values are numbers, which an axis can have.</summary>
    public bool IsNumber { get; private init; } = true;

    /// <summary>Whether the value changes what a point does.</summary>
    public required Func<SimulationParameters, bool> IsReadBy { get; init; }

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

    private static GroupColumn Of(Parameter parameter) => new(
        parameter.Name,
        point => parameter.IsOf(point) ? parameter.TextOf(point) : "",
        point => !parameter.IsOf(point) ? double.NegativeInfinity : parameter.Kind == ParameterKind.Real ? parameter.Get(point).Real : parameter.Get(point).Whole)
    {
        IsNumber = !parameter.IsText,
        IsReadBy = parameter.IsReadBy,
    };
}
