using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>A part of a population as it is written.</summary>
/// <param name="Population">Its population.</param>
/// <param name="At">Where it stands.</param>
/// <param name="Text">What is written.</param>
internal sealed record SelectionTemplate(string Population, Position At, string Text)
{
    /// <summary>The first and the last neuron, from 0; null where they are not a range.</summary>
    public (int First, int Last)? Range { get; init; }

    /// <summary>The neurons that a file lists, from 0, ascending; null where none does.</summary>
    public IReadOnlyList<int>? Listed { get; init; }

    /// <summary>The share that is drawn; null where none is.</summary>
    public Slot? Fraction { get; init; }

    public override string ToString() => Text;
}

/// <summary>Parts of populations, and parameters that stand for some.</summary>
/// <param name="Items">Each a part, or the name of a parameter.</param>
internal sealed record SelectionList(IReadOnlyList<(SelectionTemplate? Part, string? Parameter)> Items)
{
    public static SelectionList Empty { get; } = new([]);

    /// <summary>What is written, as one text.</summary>
    public override string ToString() => string.Join(" + ", Items.Select(item => item.Part?.Text ?? item.Parameter));

    /// <summary>The parts, with those that parameters stand for.</summary>
    public IEnumerable<SelectionTemplate> Parts(Func<string, SelectionList> parameters) =>
        Items.SelectMany(item => item.Part is { } part ? [part] : parameters(item.Parameter!).Parts(parameters));
}
