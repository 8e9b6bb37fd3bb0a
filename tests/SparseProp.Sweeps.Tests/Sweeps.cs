namespace SparseProp.Sweeps.Tests;

/// <summary>Sweep files for tests.</summary>
internal static class Sweeps
{
    /// <summary>A valid file of one point; append keys to it.</summary>
    public const string OnePoint =
        """
        name: t
        model: lif
        stop: { spikes: 10 }
        fixed: { n: 100, k: 10 }

        """;

    /// <summary>The beginning of a file that lacks n and k only; four lines.</summary>
    public const string WithoutNetwork =
        """
        name: t
        model: lif
        stop: { spikes: 10 }

        """;

    /// <summary>The design's example.</summary>
    public const string Example =
        """
        name: scaling-lif                 # [a-z0-9-], also the folder's name
        model: lif
        grid:                             # every combination
          n: [1000, 10000, 1e5]
          k: [50, 100]
          j0: { from: 0.5, to: 2.0, steps: 4 }          # linear; scale: log for geometric
        zip:                              # axes that move together
          seed_ic:  1..3
          seed_net: 1..3
        fixed: { rate: 1.0, tau: 0.01 }
        stop:    { spikes_per_neuron: 20 }              # or spikes, or seconds
        burn_in: { spikes_per_neuron: 5 }
        topology: independent
        engine: window

        """;

    public static SweepSpec Parse(string text) => SweepFile.Parse(text, "s.yaml");

    public static SweepPlan Plan(string text) => new(Parse(text));

    /// <summary>The errors of a file that must have some, one per line.</summary>
    public static string ErrorsOf(string text) =>
        string.Join('\n', Assert.Throws<SweepFileException>(() => Parse(text)).Errors);
}
