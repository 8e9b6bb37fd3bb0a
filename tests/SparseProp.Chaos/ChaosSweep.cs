using System.Globalization;

namespace SparseProp.Chaos;

/// <summary>Sweeps with points of milliseconds beside some of seconds.</summary>
public static class ChaosSweep
{
    /// <param name="name">The sweep's name.</param>
    /// <param name="seed">Of the simulations: other seeds are other points.</param>
    /// <param name="replicates">Points of each kind.</param>
    /// <param name="spikesPerNeuron">Length of each point.</param>
    public static string Text(string name, int seed, int replicates, int spikesPerNeuron) => string.Create(CultureInfo.InvariantCulture, $$"""
        name: {{name}}
        grid: { model: [lif, qif], n: [1000, 5000, 20000] }
        zip: { seed_ic: {{seed}}..{{seed + replicates - 1}}, seed_net: {{seed}}..{{seed + replicates - 1}} }
        fixed: { k: 50 }
        stop: { spikes_per_neuron: {{spikesPerNeuron}} }
        engine: heap
        verify: 0.05
        """);
}
