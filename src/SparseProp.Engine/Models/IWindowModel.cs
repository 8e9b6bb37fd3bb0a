namespace SparseProp.Engine.Models;

/// <summary>
/// Neurons that the window loop can run: one number U = e^(θ + t) each, where θ is the time that the neuron would take to
/// spike without further input and t the present time, both in τ. Free flow leaves U alone, and inhibition never makes it smaller.
/// </summary>
/// <remarks>
/// One set of parameters must give the same bits on every machine: only IEEE operations in a fixed order. Disposing frees tables.
/// </remarks>
internal unsafe interface IWindowModel : IDisposable
{
    /// <summary>The time from reset to spike without input, in τ.</summary>
    double FreeInterval { get; }

    /// <summary>What a neuron's own spike multiplies its U by, above 1.</summary>
    double Reset { get; }

    /// <summary>How long the instant of an <see cref="Loops.Avalanche"/> lasts, in τ.</summary>
    double InstantLength { get; }

    /// <summary>U of a neuron with initial phase <paramref name="phase"/> in [0, 1); not below 1.</summary>
    double Initial(double phase);

    /// <summary>Membrane time constant in seconds.</summary>
    double Tau { get; }

    /// <summary>U of a neuron that receives an excitatory input at the spike of one with U = <paramref name="spiking"/>.</summary>
    double Excited(double u, double spiking);

    /// <summary>An inhibitory neuron whose U is <paramref name="spiking"/>, the smallest of all, reaches its distinct targets.</summary>
    void Deliver(double* u, int* targets, nint count, double spiking);
}
