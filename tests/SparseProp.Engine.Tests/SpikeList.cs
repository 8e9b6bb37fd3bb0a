namespace SparseProp.Engine.Tests;

/// <summary>Keeps every spike it sees; copies share their lists.</summary>
internal readonly struct SpikeList() : ISpikeObserver
{
    public List<int> Neurons { get; } = [];

    public List<double> Seconds { get; } = [];

    public void OnSpikes(ReadOnlySpan<Spike> spikes)
    {
        foreach (var spike in spikes)
        {
            Add(spike.Neuron, spike.Seconds);
        }
    }

    public void Add(int neuron, double seconds)
    {
        Neurons.Add(neuron);
        Seconds.Add(seconds);
    }

    /// <summary>Burn-in and measurement of these parameters, and the measurement's spikes.</summary>
    public static (SpikeList Spikes, SimulationResult Result) Of(
        SimulationParameters parameters, SimulationOptions? options = null)
    {
        using var simulation = new Simulation(parameters, options ?? new SimulationOptions());
        var spikes = new SpikeList();
        simulation.BurnIn(TestContext.Current.CancellationToken);
        var result = simulation.Measure(ref spikes, TestContext.Current.CancellationToken);
        return (spikes, result);
    }
}
