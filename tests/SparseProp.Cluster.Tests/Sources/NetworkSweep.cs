using System.Text;
using SparseProp.Sweeps;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Cluster.Tests.Sources;

/// <summary>A small sweep over a network of one's own that three files describe.</summary>
internal static class NetworkSweep
{
    public const string Name = "tiny";

    public const string Text =
        """
        name: tiny
        network: nets/tiny.network.yaml
        grid: { J: [0.4 mV, 0.5 mV] }
        zip: { seed_ic: 1..2, seed_net: 1..2, seed_input: 1..2 }
        stop: { seconds: 0.05 }
        burn_in: { seconds: 0.2 }
        """;

    public const string Network =
        """
        parameters: { J: 0.5 mV }
        populations:
          A: { model: lif, ids: ids.csv, tau: 20 ms, threshold: 20 mV, reset: 10 mV, refractory: 2 ms }
        projections:
          - { from: A, to: A, file: edges.csv, weight: J*file["count"], delay: 1.5 ms }
        inputs:
          - { to: A, poisson: 20 kHz, weight: 0.1 mV }
        """;

    public const string Neurons = "id\n720575940596125868\n720575940597856265\n720575940597944841\n";

    public const string Edges =
        "source,target,count\n720575940596125868,720575940597944841,-3\n720575940597856265,720575940596125868,5\n";

    public static IReadOnlyDictionary<string, string> Texts { get; } = new Dictionary<string, string>
    {
        ["nets/tiny.network.yaml"] = Network,
        ["nets/ids.csv"] = Neurons,
        ["nets/edges.csv"] = Edges,
    };

    public static NetworkFiles Files => FilesOf(Texts);

    public static SweepSpec Spec => SweepFile.Parse(Text, "tiny.yaml", Files);

    public static NetworkFiles FilesOf(IReadOnlyDictionary<string, string> texts) => NetworkFiles.Of(texts.ToDictionary(
        file => file.Key, file => (Func<Stream>)(() => new MemoryStream(Encoding.UTF8.GetBytes(file.Value)))));
}
