namespace SparseProp.Engine.Stability;

/// <summary>
/// Lyapunov exponents of the network in 1/s: growth rates of small perturbations, from the single-spike Jacobian. The first as many
/// spikes as there are neurons only turn the perturbations to where they grow.
/// </summary>
public sealed record NetworkStability
{
    /// <summary>
    /// The largest exponent apart from the one of a shift in time, which is 0 in every network. Positive: chaos.
    /// NaN where the measurement is too short to tell.
    /// </summary>
    public required double Largest { get; init; }

    /// <summary>Standard error of <see cref="Largest"/> from blocks of the measurement; null below eight of them.</summary>
    public required double? StandardError { get; init; }

    /// <summary>Mean of all n exponents, k·rate·⟨ln d⟩ with d an input's factor for its target: how fast volumes of states shrink.</summary>
    public required double Mean { get; init; }

    /// <summary>The largest exponents, descending, the 0 of a shift in time among them; as many as were asked for, at most n.</summary>
    public required Series Spectrum { get; init; }

    /// <summary>
    /// Entropy rate by Pesin's formula, the sum of all positive exponents, in bits per spike of the network; null where more exponents
    /// than were asked for may be positive.
    /// </summary>
    public required double? EntropyBitsPerSpike { get; init; }

    /// <summary>
    /// Kaplan–Yorke dimension of the attractor: as many exponents as have a sum of 0, the last one in part; null where those that were
    /// asked for all have a positive sum.
    /// </summary>
    public required double? KaplanYorkeDimension { get; init; }
}
