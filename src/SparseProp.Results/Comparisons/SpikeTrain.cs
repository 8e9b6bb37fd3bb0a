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
    public void OnSpike(int neuron, double timeSeconds)
    {
        _neurons.Add(neuron);
        _seconds.Add(timeSeconds);
    }
}
