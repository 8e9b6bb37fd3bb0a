namespace SparseProp.Engine.Models;

/// <summary>
/// A neuron model in the representation of its published script: one number per neuron in a heap, and a clock. The clock is
/// the running shift of the phases (units of phase) or the present time (units of τ).
/// </summary>
/// <remarks>Disposing frees tables and constants of single neurons, where a model has such.</remarks>
internal interface IHeapModel : IDisposable
{
    /// <summary>The initial value of <paramref name="neuron"/> from its uniform draw in [0, 1).</summary>
    double Initial(double draw, int neuron);

    /// <summary>How far the clock advances from <paramref name="clock"/> to the spike of the value on top of the heap.</summary>
    double UntilSpike(double top, double clock);

    /// <summary>The value of <paramref name="neuron"/> after one inhibitory input at <paramref name="clock"/>.</summary>
    double Receive(double value, double clock, int neuron);

    /// <summary>
    /// The value of <paramref name="neuron"/> after one excitatory input at <paramref name="clock"/>; infinitely early where that
    /// brings the neuron to the threshold or past it.
    /// </summary>
    double Excite(double value, double clock, int neuron);

    /// <summary>The value of <paramref name="neuron"/> after its own spike at <paramref name="clock"/>.</summary>
    double Reset(double clock, int neuron);

    /// <summary>How far the clock advances in the instant of an <see cref="Loops.Avalanche"/>; 0 where no input brings neurons to their spike.</summary>
    double InstantLength { get; }

    /// <summary>The clock in seconds.</summary>
    double Seconds(double clock);
}
