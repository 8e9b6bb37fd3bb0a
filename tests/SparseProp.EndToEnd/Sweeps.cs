namespace SparseProp.EndToEnd;

/// <summary>Sweep files to test with.</summary>
internal static class Sweeps
{
    /// <summary>Points that take a few milliseconds each.</summary>
    public static string Short(int seeds, string name = "short") => $$"""
        name: {{name}}
        model: lif
        grid: { n: [200, 400], k: [20], j0: [0.5, 1] }
        zip: { seed_ic: 1..{{seeds}}, seed_net: 1..{{seeds}} }
        stop: { spikes_per_neuron: 20 }
        burn_in: { spikes_per_neuron: 5 }
        """;

    /// <summary>Points that take some hundredths of a second each, so that a process can be caught in the middle.</summary>
    public static string Longer(int seeds) => $$"""
        name: longer
        model: lif
        grid: { n: [2000], k: [50, 100] }
        zip: { seed_ic: 1..{{seeds}}, seed_net: 1..{{seeds}} }
        burn_in: { spikes_per_neuron: 1 }
        stop: { spikes_per_neuron: 10 }
        engine: heap
        """;
}
