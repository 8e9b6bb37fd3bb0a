namespace SparseProp.Engine.Models.Eif;

/// <summary>How much later a neuron spikes for one pulse.</summary>
internal interface IEifDelay : IDisposable
{
    /// <summary>The delay in τ, not negative, of a spike that would come after <paramref name="theta"/> ≥ 0 in τ.</summary>
    double Delay(double theta);
}
