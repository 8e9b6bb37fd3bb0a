using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Results.Records;

namespace SparseProp.Results.Tables;

/// <summary>What points are grouped by: a parameter, or another thing that tells simulations apart, under its column's name.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="Order">Where groups of that value stand in a table.</param>
public sealed record GroupColumn(string Name, Func<SimulationParameters, string> Value, Func<SimulationParameters, double> Order)
{
    /// <summary>All that makes two points with these columns differ and is no seed; seeds are what is averaged over.</summary>
    public static IReadOnlyList<GroupColumn> AllOf(RecordColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return [.. columns.Parameters.Where(parameter => !parameter.IsSeed).Select(Of)];
    }

    /// <summary>What every reader of such columns looks for, whether it varies or not.</summary>
    public static IReadOnlyList<GroupColumn> UsualOf(RecordColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return columns.Network is null ? Named(["n", "k", "j0"], columns) : [];
    }

    /// <summary>What decides most of what a point costs.</summary>
    public static IReadOnlyList<GroupColumn> CostsOf(RecordColumns columns) => [.. AllOf(columns).Where(column => column.Name is "model" or "n")];

    /// <summary>Whether both have the same name: of one store, no two have.</summary>
    public bool Equals(GroupColumn? other) => Name == other?.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The column of records that it is.</summary>
    public required RecordColumn Column { get; init; }

    /// <summary>Whether its values are numbers, which an axis can have.</summary>
    public bool IsNumber { get; private init; } = true;

    /// <summary>Whether the value changes what a point does.</summary>
    public required Func<SimulationParameters, bool> IsReadBy { get; init; }

    /// <summary>Whether a point has the parameter at all: a simulation has none of training's.</summary>
    public bool IsOf(SimulationParameters p) => Value(p).Length > 0;

    /// <summary>Those of these names, in the order of the names.</summary>
    /// <exception cref="ArgumentException">A name is no parameter to group by.</exception>
    public static IReadOnlyList<GroupColumn> Named(IEnumerable<string> names, RecordColumns columns)
    {
        var all = AllOf(columns);
        return [.. names.Select(Find).Distinct()];

        GroupColumn Find(string name) => all.FirstOrDefault(column => column.Name == name)
            ?? throw new ArgumentException(
                $"'{name}' is no parameter{NearestName.Hint(name, all.Select(column => column.Name))}; there are {string.Join(", ", all.Select(column => column.Name))}");
    }

    /// <summary>Whether both points have the same value.</summary>
    internal bool IsSame(SimulationParameters a, SimulationParameters b) => Order(a).Equals(Order(b)) && (IsNumber || Value(a) == Value(b));

    private static GroupColumn Of(Parameter parameter) => new(
        parameter.Name,
        point => parameter.IsOf(point) ? parameter.TextOf(point) : "",
        point => !parameter.IsOf(point) ? double.NegativeInfinity : parameter.Kind == ParameterKind.Real ? parameter.Get(point).Real : parameter.Get(point).Whole)
    {
        Column = RecordColumn.Of(parameter),
        IsNumber = !parameter.IsText,
        IsReadBy = parameter.IsReadBy,
    };
}
