namespace SparseProp.Engine.Networks.Description;

/// <summary>Which pairs of neurons a projection connects.</summary>
public enum ConnectionRule
{
    /// <summary>Each target has <see cref="Projection.Amount"/> synapses from sources drawn uniformly.</summary>
    InDegree,

    /// <summary>Each source has <see cref="Projection.Amount"/> synapses to targets drawn uniformly.</summary>
    OutDegree,

    /// <summary>Each ordered pair has a synapse with probability <see cref="Projection.Amount"/>.</summary>
    Probability,

    /// <summary><see cref="Projection.Amount"/> synapses in all, between sources and targets drawn uniformly.</summary>
    Synapses,

    /// <summary>The i-th source with the i-th target.</summary>
    OneToOne,

    /// <summary>Every source with every target.</summary>
    AllToAll,

    /// <summary>The synapses of <see cref="Projection.Edges"/>.</summary>
    Listed,
}

/// <summary>Synapses from one population, or a part of it, to one.</summary>
public sealed record Projection
{
    /// <summary>Its name, by which its random numbers are drawn.</summary>
    public required string Name { get; init; }

    public required Selection From { get; init; }

    public required Selection To { get; init; }

    public required ConnectionRule Rule { get; init; }

    /// <summary>The rule's whole number, or its probability.</summary>
    public double Amount { get; init; }

    /// <summary>Whether a neuron may connect to itself.</summary>
    public bool Autapses { get; init; }

    /// <summary>Whether a pair may have several synapses.</summary>
    public bool Multapses { get; init; }

    /// <summary>What a spike adds to V of its target.</summary>
    public required Quantity Weight { get; init; }

    /// <summary>Time from the spike to its effect, in seconds, 0 or more.</summary>
    public required Quantity Delay { get; init; }

    /// <summary>The synapses of <see cref="ConnectionRule.Listed"/>; weights and delays may be listed in the same order.</summary>
    public EdgeList? Edges { get; init; }
}

/// <summary>Pairs of neurons, counted from 0 within their populations.</summary>
/// <param name="ContentHash">Identifies the content, in a point's key.</param>
/// <param name="Sources">The sources.</param>
/// <param name="Targets">The targets, as many.</param>
public sealed record EdgeList(string ContentHash, IReadOnlyList<int> Sources, IReadOnlyList<int> Targets);
