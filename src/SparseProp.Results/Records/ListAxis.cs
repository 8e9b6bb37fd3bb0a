using SparseProp.Engine;

namespace SparseProp.Results.Records;

/// <summary>Where the numbers of a list are: at places, between edges, or in bins of one width that begin with the measurement.</summary>
public sealed record ListAxis
{
    private ListAxis(string name, ColumnKind kind, string unit, string meaning, Func<SimulationResult, object?> value) =>
        (Name, Kind, Unit, Meaning, Value) = (name, kind, unit, meaning, value);

    /// <summary>Its column.</summary>
    public string Name { get; }

    /// <summary><see cref="ColumnKind.List"/>, or <see cref="ColumnKind.Number"/> of a width.</summary>
    public ColumnKind Kind { get; }

    /// <summary>Its unit; empty where it has none.</summary>
    public string Unit { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Meaning { get; }

    /// <summary>It, of the type that <see cref="Kind"/> names; null where its list was not measured.</summary>
    public Func<SimulationResult, object?> Value { get; }

    /// <summary>How many more numbers it has than its list; null of a width.</summary>
    public int? Surplus { get; private init; }

    internal static ListAxis Places(string name, string unit, string meaning, Func<SimulationResult, Series?> places) =>
        new(name, ColumnKind.List, unit, meaning, places) { Surplus = 0 };

    internal static ListAxis Edges(string name, string unit, string meaning, Func<SimulationResult, Series?> edges) =>
        new(name, ColumnKind.List, unit, meaning, edges) { Surplus = 1 };

    internal static ListAxis BinWidth(string name, string unit, string meaning, Func<SimulationResult, double?> width) =>
        new(name, ColumnKind.Number, unit, meaning, r => width(r));
}
