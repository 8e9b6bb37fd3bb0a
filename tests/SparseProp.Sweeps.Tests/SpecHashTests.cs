namespace SparseProp.Sweeps.Tests;

public sealed class SpecHashTests
{
    [Fact]
    public void ItIsWhatItAlwaysWas()
    {
        Assert.Equal("333dde894d1d1d1e647b01c3ab569648", Hash(Sweeps.Example).ToString());
        Assert.Equal(Hash(Sweeps.Example), SpecHash.Parse(Hash(Sweeps.Example).ToString()));
    }

    [Fact]
    public void LayoutAndWayOfWritingDoNotCount()
    {
        Assert.Equal(
            Hash(Sweeps.Example),
            Hash(
                """
                burn_in: { spikes_per_neuron: 5.0 }
                stop: { spikes_per_neuron: 2e1 }
                grid: { "n": { from: 1e3, to: 100000, steps: 3, scale: log }, k: [50, 100], j0: [0.5, 1, 1.5, 2] }
                zip:
                  seed_ic: [1, 2, 3]
                  seed_net: { from: 1, to: 3, steps: 3 }
                fixed:
                  model: lif
                name: scaling-lif
                """));
    }

    [Fact]
    public void LineEndingsDoNotCount()
    {
        Assert.Equal(Hash(Sweeps.Example), Hash(Sweeps.Example.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("fixed: { n: 100, k: 10, j0: 1, seed_net: 1 }")]
    [InlineData("fixed: { n: 100, k: 10, g: 1, excitatory_fraction: 0 }\nrecord: [cv, rate]")]
    [InlineData("fixed: { n: 100, k: 10 }\nrecord: [cv]")]
    [InlineData("fixed: { n: 100, k: 10 }\nverify: -0.0\npriority: 0")]
    [InlineData("fixed: { k: 10, n: 1e2 }\nburn_in: { seconds: 0 }\nengine: window")]
    public void AWrittenDefaultIsTheSameAsNone(string rest)
    {
        Assert.Equal(Hash(Sweeps.OnePoint), Hash($"name: t\nmodel: lif\nstop: {{ spikes: 10 }}\n{rest}"));
    }

    [Theory]
    [InlineData("k: [50, 100]", "k: [100, 50]")]
    [InlineData("k: [50, 100]", "k: [50, 101]")]
    [InlineData("seed_ic:  1..3", "seed_ic:  2..4")]
    [InlineData("tau: 0.01", "tau: 0.02")]
    [InlineData("spikes_per_neuron: 20", "spikes: 20")]
    [InlineData("spikes_per_neuron: 5 ", "spikes_per_neuron: 6 ")]
    [InlineData("engine: window", "engine: heap")]
    [InlineData("topology: independent", "topology: published")]
    [InlineData("engine: window", "engine: window\nrecord: [rate]")]
    [InlineData("engine: window", "engine: window\nverify: 0.02")]
    [InlineData("tau: 0.01", "tau: 0.01, g: 4")]
    [InlineData("name: scaling-lif", "name: other")]
    [InlineData("zip:                              # axes that move together\n", "")]
    public void EveryChangeOfMeaningCounts(string before, string after)
    {
        Assert.Contains(before, Sweeps.Example, StringComparison.Ordinal);

        Assert.NotEqual(Hash(Sweeps.Example), Hash(Sweeps.Example.Replace(before, after, StringComparison.Ordinal)));
    }

    [Fact]
    public void TheShareToVerifyCountsAsItIsNotAsItIsWritten()
    {
        Assert.NotEqual(Hash(Sweeps.OnePoint + "verify: 0.02"), Hash(Sweeps.OnePoint + "verify: 0.03"));
        Assert.Equal(Hash(Sweeps.OnePoint + "verify: 0.02"), Hash(Sweeps.OnePoint + "verify: 2e-2"));
    }

    [Fact]
    public void PriorityDoesNotCount()
    {
        Assert.Equal(Hash(Sweeps.Example), Hash(Sweeps.Example + "priority: 5\n"));
    }

    [Theory]
    [InlineData("{ from: 1, to: 2, steps: 1000000 }", "{ from: 1, to: 2, steps: 1000000, scale: log }")]
    [InlineData("{ from: 1, to: 2, steps: 1000000 }", "{ from: 1, to: 2, steps: 1000001 }")]
    public void LongRangesThatDifferHaveDifferentHashes(string one, string other)
    {
        Assert.NotEqual(Hash($"{Sweeps.OnePoint}grid: {{ j0: {one} }}"), Hash($"{Sweeps.OnePoint}grid: {{ j0: {other} }}"));
    }

    [Fact]
    public void ALongRangeIsTheSameHoweverItIsWritten()
    {
        Assert.Equal(
            Hash($"{Sweeps.OnePoint}grid: {{ seed_ic: 1..1000000 }}"),
            Hash($"{Sweeps.OnePoint}grid: {{ seed_ic: {{ from: 1, to: 1e6, steps: 1e6 }} }}"));
    }

    private static SpecHash Hash(string text) => Sweeps.Parse(text).Hash;
}
