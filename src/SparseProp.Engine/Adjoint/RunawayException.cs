namespace SparseProp.Engine.Adjoint;

/// <summary>A run had more spikes than <see cref="TapeOptions.MostSpikes"/>.</summary>
public sealed class RunawayException(int spikes, double seconds) : Exception(FormattableString.Invariant(
    $"{spikes} spikes within {seconds:G3} s, more than a run may have: the network excites itself without end. Smaller excitatory weights, a lower learning rate, or gradient clipping keep it from that"));
