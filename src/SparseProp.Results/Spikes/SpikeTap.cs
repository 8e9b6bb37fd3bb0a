using SparseProp.Engine;

namespace SparseProp.Results.Spikes;

/// <summary>Leads the spikes of a simulation into a file, a raster, both or nowhere.</summary>
public readonly struct SpikeTap(SpikeFile? file, SpikeRaster? raster) : ISpikeObserver
{
    /// <inheritdoc/>
    public void OnSpike(int neuron, double timeSeconds)
    {
        file?.Add(neuron, timeSeconds);
        raster?.Add(neuron, timeSeconds);
    }
}
