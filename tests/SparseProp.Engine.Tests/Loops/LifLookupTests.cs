namespace SparseProp.Engine.Tests.Loops;

public sealed class LifLookupTests
{
    private static readonly SimulationParameters Network = new() { N = 10_000, K = 100, Stop = RunLength.Spikes(100_000) };

    [Theory]
    [InlineData(EventLoop.Heap)]
    [InlineData(EventLoop.Window)]
    public void AHundredThousandSpikesEqualTheFormulas(EventLoop loop)
    {
        var (formula, _) = SpikeList.Of(Network with { Loop = loop });
        var (lookup, _) = SpikeList.Of(Network with { Loop = loop, Model = NeuronModel.LifLookup });

        Assert.Equal(formula.Neurons, lookup.Neurons);
        Assert.NotEqual(formula.Seconds, lookup.Seconds);
        Assert.All(formula.Seconds.Zip(lookup.Seconds), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(100)]
    public void OtherDrivesGiveTheSameSpikes(double rate)
    {
        var p = Network with { N = 1000, K = 50, Rate = rate, Loop = EventLoop.Heap, Stop = RunLength.Spikes(20_000) };
        var (formula, _) = SpikeList.Of(p);
        var (lookup, _) = SpikeList.Of(p with { Model = NeuronModel.LifLookup });

        Assert.Equal(formula.Neurons, lookup.Neurons);
        Assert.All(formula.Seconds.Zip(lookup.Seconds), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * Math.Max(p.Tau, pair.First)));
    }
}
