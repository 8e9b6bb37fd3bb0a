namespace SparseProp.Engine.Networks;

/// <summary>A network's wiring as a function: the same neuron always has the same targets, in the same order.</summary>
internal unsafe interface ITargetSource : IDisposable
{
    /// <summary>Writes the k targets of <paramref name="neuron"/> (both counted from 0) to <paramref name="row"/>.</summary>
    void Draw(int neuron, int* row);
}
