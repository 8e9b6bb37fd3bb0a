namespace SparseProp.Engine.Adjoint.Tapes;

/// <summary>All that determines how a run goes on, between two moments.</summary>
/// <param name="Keys">Every neuron's key.</param>
/// <param name="Now">The moment of the last event.</param>
/// <param name="Rebases">How often keys were rebased.</param>
/// <param name="Spikes">Spikes so far.</param>
/// <param name="InputSpikes">Input spikes so far.</param>
internal sealed record NetworkState(double[] Keys, double Now, long Rebases, int Spikes, int InputSpikes)
{
    public long Bytes => sizeof(double) * (long)Keys.Length;
}
