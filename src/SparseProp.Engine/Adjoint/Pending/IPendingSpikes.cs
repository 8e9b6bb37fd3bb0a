using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Adjoint.Pending;

/// <summary>Finds the neuron that spikes next: the one of the smallest key, the lower number among equals.</summary>
/// <remarks>Structs, so that the hot loop calls nothing. Of a copy only <see cref="Changed"/> and <see cref="Spiked"/> may be called.</remarks>
internal interface IPendingSpikes : IDisposable
{
    /// <summary>Begins anew with these keys.</summary>
    void Build(ReadOnlySpan<double> keys, double now);

    /// <summary>The next one; one with any key not below <paramref name="limit"/> where there is none before it.</summary>
    HeapNode Next(ReadOnlySpan<double> keys, double limit);

    /// <summary>Is told that the neuron found last has spiked and has a larger key now.</summary>
    void Spiked(int neuron, double key);

    /// <summary>Is told that a key has changed.</summary>
    void Changed(int neuron, double before, double key);
}
