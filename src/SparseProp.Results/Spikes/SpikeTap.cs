using SparseProp.Engine;

namespace SparseProp.Results.Spikes;

/// <summary>Leads the spikes of a simulation into a file, a raster, both or nowhere.</summary>
public readonly struct SpikeTap(SpikeFile? file, SpikeRaster? raster) : ISpikeObserver
{
    /// <inheritdoc/>
    public void OnSpikes(ReadOnlySpan<Spike> spikes)
    {
        foreach (var spike in spikes)
        {
            file?.Add(spike.Neuron, spike.Seconds);
            raster?.Add(spike.Neuron, spike.Seconds);
        }
    }
}
