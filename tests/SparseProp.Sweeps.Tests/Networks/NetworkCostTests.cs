using SparseProp.Sweeps.Networks;
using static SparseProp.Sweeps.Tests.Networks.NetworkTexts;

namespace SparseProp.Sweeps.Tests.Networks;

/// <summary>What whole sweeps over networks of populations cost, and what is said of their burn-in.</summary>
public sealed class NetworkCostTests
{
    private const string Sweep =
        """
        name: brunel
        network: brunel.network.yaml
        grid: { g: { from: 3, to: 6, steps: 1000 }, eta: { from: 1, to: 4, steps: 1000 } }
        zip: { seed_ic: 1..3, seed_net: 1..3 }
        fixed: { scale: 0.1 }
        stop: { seconds: 1 }
        burn_in: { seconds: 0.1075 }

        """;

    [Fact]
    public void OfManyNetworksSomeStandForTheOthers()
    {
        var plan = Plan(Sweep);

        var classes = new CostClasses(plan);

        Assert.InRange(classes.Count, 512, 1024);
        Assert.False(classes.IsExact);
        Assert.Equal(plan.Count, Enumerable.Range(0, classes.Count).Sum(classes.SizeOf));
        Assert.All([0L, 12_345, plan.Count - 1], index => Assert.InRange(classes.ClassOf(index), 0, classes.Count - 1));
        Assert.InRange(SweepWork.SynapticEventsOf(plan), plan.Count * 1250 * 10_000.0, plan.Count * 1250 * 200_000.0);
    }

    [Fact]
    public void SeedsMakeNoClasses() =>
        Assert.Equal(4, new CostClasses(Plan(Sweep.Replace("steps: 1000", "steps: 2", StringComparison.Ordinal))).Count);

    [Fact]
    public void NetworksOfManyNumbersAreLookedAtRarely()
    {
        var edges = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i % 100},{i / 500},1\n"));
        var spec = SweepFile.Parse(
            """
            name: t
            network:
              parameters: { w: 1 }
              populations: { P: { model: lif, n: 100, tau: 20 ms, threshold: 20, reset: 10 } }
              projections: [ { from: P, to: P, file: edges.csv, weight: w*file["count"], delay: 1 ms, multapses: true, autapses: true } ]
            grid: { w: { from: 1, to: 2, steps: 1000 } }
            stop: { seconds: 1 }
            """,
            "s.yaml",
            FilesOf([("edges.csv", "source,target,count\n" + edges)]));

        Assert.InRange(spec.Network!.MostEstimated, 4, 512);
        Assert.InRange(new CostClasses(new SweepPlan(spec)).Count, 4, 512);
    }

    /// <summary>Of huge sweeps only some networks are checked before they run.</summary>
    [Fact]
    public void NetworksThatCannotBeSimulatedHaveAnEstimateToo()
    {
        var spec = SweepFile.Parse(
            """
            name: t
            network:
              parameters: { x: 0, y: 0 }
              populations: { P: { model: lif, n: 100, tau: 20 ms, threshold: 20 + sqrt((x - 300)*(x - 700)) + 1e-7*pi*x + 1e-4*y, reset: 10 } }
            grid: { x: { from: 0, to: 1000, steps: 1001 }, y: { from: 0, to: 1000, steps: 1001 } }
            stop: { seconds: 1 }
            """,
            "s.yaml",
            NetworkFiles.None);
        var plan = new SweepPlan(spec);
        var classes = new CostClasses(plan);

        Assert.Throws<SweepFileException>(() => plan[plan.Count / 2]);
        Assert.All(Enumerable.Range(0, classes.Count), cls =>
        {
            Assert.InRange(new CostModel().SecondsOf(classes.RepresentativeOf(cls)), 1e-9, 1e9);
            Assert.InRange(PointMemory.Of(classes.RepresentativeOf(cls)).LeastBytes, 0, 1 << 20);
        });
        Assert.InRange(SweepWork.SynapticEventsOf(plan), 0, 1e12);
        Assert.Contains(spec.Warnings, warning => warning.ToString().Contains("burn_in: { seconds: 0.1 }", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("seconds: 0.1074", true)]
    [InlineData("seconds: 0", true)]
    [InlineData("spikes_per_neuron: 0.01", true)]
    [InlineData("spikes_per_neuron: 50", false)]
    public void ABurnInThatIsTooShortIsTold(string length, bool isShort)
    {
        var text = Sweep.Replace("steps: 1000", "steps: 2", StringComparison.Ordinal);
        var warnings = Spec(length.Length == 0 ? text : text.Replace("seconds: 0.1075", length, StringComparison.Ordinal)).Warnings;

        Assert.Equal(isShort ? 1 : 0, warnings.Count(warning => warning.ToString().Contains("write burn_in: { seconds: 0.108 }", StringComparison.Ordinal)));
        Assert.Equal(isShort, warnings.Any(warning => warning.ToString().Contains("burn_in", StringComparison.Ordinal)));
    }

    [Fact]
    public void ShardsShareThePointsOfNetworks()
    {
        var plan = Plan(Sweep.Replace("steps: 1000", "steps: 5", StringComparison.Ordinal));

        var dealt = Enumerable.Range(1, 4).SelectMany(number => new Shard(number, 4).IndicesIn(plan)).Order();

        Assert.Equal(Enumerable.Range(0, (int)plan.Count).Select(i => (long)i), dealt);
    }

    private static SweepPlan Plan(string text) => new(Spec(text));

    private static SweepSpec Spec(string text) => SweepFile.Parse(text, "s.yaml", FilesOf([("brunel.network.yaml", Brunel)]));
}
