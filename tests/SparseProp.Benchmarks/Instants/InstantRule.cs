namespace SparseProp.Benchmarks.Instants;

/// <summary>What happens where spikes bring neurons to threshold at the same instant.</summary>
internal enum InstantRule
{
    /// <summary>Neurons that are due spike in the order of their numbers, each acting before the next; once in an instant.</summary>
    InOrderOfNumbers,

    /// <summary>
    /// Generations, in which a neuron spikes once; but excitation that reaches it after its spike acts from the reset, and what brings it
    /// to threshold again fires it at the next instant, at the same time.
    /// </summary>
    FromTheReset,

    /// <summary>All spikes act a little later.</summary>
    Delay,
}
