namespace SparseProp.Engine.Models.Eif;

/// <summary>How much earlier a neuron spikes for one excitatory pulse, by the curve itself: exact and slow.</summary>
/// <param name="curve">The neuron.</param>
/// <param name="pulse">By how much an input raises V/ΔV.</param>
internal readonly struct CurveAdvance(EifCurve curve, double pulse)
{
    /// <summary>The advance in τ, not negative, of a spike that would come after <paramref name="theta"/> &gt; 0 in τ.</summary>
    public double Advance(double theta) => Math.Max(0, theta - curve.TimeToSpike(curve.Voltage(theta) + pulse));
}
