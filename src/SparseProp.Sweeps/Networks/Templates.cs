using SparseProp.Engine.Networks.Description;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>A quantity as it is written: one number, a distribution, or a column of a file.</summary>
internal sealed record ValueTemplate(string Name, Position At, QuantityKind Kind)
{
    public Slot? First { get; init; }

    public Slot? Second { get; init; }

    public Slot? Min { get; init; }

    public Slot? Max { get; init; }

    public ColumnFormula? Columns { get; init; }

    public required NumberRule Rule { get; init; }
}

/// <summary>A function of time as it is written.</summary>
internal sealed record CourseTemplate(string Name, Position At, bool IsRate)
{
    public Slot? Constant { get; init; }

    public IReadOnlyList<(Slot Time, Slot Value)> Steps { get; init; } = [];

    /// <summary>Mean, amplitude, frequency, phase; null where it is no sine.</summary>
    public IReadOnlyList<Slot>? Sine { get; init; }
}

/// <summary>A parameter that a network declares: a number, or a choice of neurons.</summary>
internal sealed record DeclaredParameter(string Name, Position At)
{
    public Slot? Slot { get; init; }

    public SelectionList? Selections { get; init; }
}

/// <summary>A population as it is written.</summary>
internal sealed record PopulationTemplate(string Name, Position At, PopulationModel Model)
{
    public required Slot Size { get; init; }

    public Labels? Labels { get; init; }

    /// <summary>Quantities by key.</summary>
    public IReadOnlyDictionary<string, ValueTemplate> Values { get; init; } = new Dictionary<string, ValueTemplate>();

    public CourseTemplate? Rate { get; init; }

    public SpikeFile? Spikes { get; init; }
}

/// <summary>A part of a population that has other values.</summary>
internal sealed record OverrideTemplate(SelectionList Of, IReadOnlyList<ValueTemplate> Values);

/// <summary>A projection as it is written: from each of some parts to each of some.</summary>
internal sealed record ProjectionTemplate(int Place, Position At, string? Name, SelectionList From, SelectionList To, ConnectionRule Rule)
{
    public Slot? Amount { get; init; }

    public bool Autapses { get; init; }

    public bool Multapses { get; init; }

    public required ValueTemplate Weight { get; init; }

    public required ValueTemplate Delay { get; init; }

    public EdgeFile? Edges { get; init; }
}

/// <summary>An input as it is written, to each of some parts.</summary>
internal sealed record InputTemplate(int Place, Position At, string? Name, SelectionList To, InputKind Kind)
{
    public CourseTemplate? Course { get; init; }

    public ValueTemplate? Weight { get; init; }

    public Slot? Sources { get; init; }

    public bool Shared { get; init; }

    public SpikeFile? Spikes { get; init; }
}

/// <summary>An initial value as it is written.</summary>
internal sealed record InitialTemplate(SelectionList Of, ValueTemplate Potential);
