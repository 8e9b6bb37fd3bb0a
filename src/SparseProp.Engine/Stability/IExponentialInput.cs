namespace SparseProp.Engine.Stability;

/// <summary>What inputs do to z = e^θ, θ the time to spike in τ.</summary>
internal interface IExponentialInput : IDisposable
{
    /// <summary>e^θ right after a spike.</summary>
    double ResetValue { get; }

    /// <summary>How long an instant lasts, in τ.</summary>
    double InstantLength { get; }

    /// <summary>z after an inhibitory input, and dθ'/dθ.</summary>
    (double Value, double Slope) Inhibit(double z);

    /// <summary>z after an excitatory input, and dθ'/dθ; at most 1 where it brings the neuron to its spike.</summary>
    (double Value, double Slope) Excite(double z);
}
