namespace SparseProp.Engine.Models.Eif;

/// <summary>q: what a pulse adds to z = e^θ, the exponential of a neuron's time to spike. Never negative.</summary>
internal unsafe interface IEifPulse : IDisposable
{
    /// <summary>
    /// U ← U + q(U/S)·S with S = <paramref name="spiking"/> for each of the distinct targets; no U is below S, and one that is S, of
    /// a neuron at its spike, stays.
    /// </summary>
    void Deliver(double* u, int* targets, nint count, double spiking);
}
