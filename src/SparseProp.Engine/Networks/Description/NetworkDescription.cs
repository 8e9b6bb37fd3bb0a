namespace SparseProp.Engine.Networks.Description;

/// <summary>
/// A network of populations, evaluated: every quantity is a number or a distribution of numbers. Times are in seconds, rates in Hz, and
/// voltages in <see cref="VoltageUnit"/>. Names of populations, projections and inputs are unique.
/// </summary>
public sealed record NetworkDescription
{
    /// <summary>The populations. Their neurons are numbered through in this order, from 0.</summary>
    public required IReadOnlyList<Population> Populations { get; init; }

    /// <summary>The projections, each from one population to one.</summary>
    public IReadOnlyList<Projection> Projections { get; init; } = [];

    /// <summary>Input from outside, each to one population.</summary>
    public IReadOnlyList<ExternalInput> Inputs { get; init; } = [];

    /// <summary>Initial values; a later one overrides those before it.</summary>
    public IReadOnlyList<InitialValue> Initial { get; init; } = [];

    /// <summary>Neurons whose outgoing synapses are taken away.</summary>
    public IReadOnlyList<Selection> Silenced { get; init; } = [];

    /// <summary>The unit of all voltages: "mV", or empty where the network is without dimension.</summary>
    public string VoltageUnit { get; init; } = "";

    /// <summary>Number of neurons, sources included.</summary>
    public long Neurons => Populations.Sum(population => (long)population.Size);
}
