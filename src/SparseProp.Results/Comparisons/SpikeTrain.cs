using SparseProp.Engine;

namespace SparseProp.Results.Comparisons;

/// <summary>Keeps the spikes that it sees, 12 bytes each; copies share them.</summary>
public readonly struct SpikeTrain() : ISpikeObserver
{
    private readonly List<int> _neurons = [];
    private readonly List<double> _seconds = [];

    /// <summary>Neurons, counted from 0, in the order of their spikes.</summary>
    public IReadOnlyList<int> Neurons => _neurons;

    /// <summary>Times in seconds since the initial condition.</summary>
    public IReadOnlyList<double> Seconds => _seconds;

    /// <inheritdoc/>
    public void OnSpikes(ReadOnlySpan<Spike> spikes)
    {
        foreach (var spike in spikes)
        {
            _neurons.Add(spike.Neuron);
            _seconds.Add(spike.Seconds);
        }
    }
}
