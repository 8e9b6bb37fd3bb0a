namespace SparseProp.Engine.Tests.Loops;

/// <summary>
/// How long an instant lasts, in networks that a search found: neurons come near to each other, and whether they spike together decides
/// what follows. The first two stand on the least length, the others on the one of weak drives.
/// </summary>
public sealed class InstantLengthTests
{
    private const int Spikes = 300;

    // No rounding takes a time to the other side of an instant's end.
    private const decimal LeastMargin = 10;

    [Theory]
    [InlineData(0.25, 0.5, 3, 100, 178, new[] { 0.125, 0.375, 0.125, 0.125, 0.625, 0.125, 0.125 })]
    [InlineData(0.25, 0.2, 3, 100, 794, new[] { 0.125, 0.375, 0.625, 0.375, 0.625, 0.625 })]
    [InlineData(0.125, 0.8, 1, 0.01, 119, new[] { 0.25, 0.25, 0.25, 0.25, 0.25 })]
    [InlineData(0.125, 0.2, 1, 0.01, 108, new[] { 0.6875, 0.1875, 0.3125, 0.5625, 0.5625, 0.8125, 0.6875, 0.1875, 0.5625 })]
    public void NeuronsThatComeNearToEachOtherSpikeTogether(double j0, double f, double g, double rate, int seedNet, double[] draws)
    {
        var p = new SimulationParameters
        {
            N = draws.Length,
            K = 1,
            J0 = j0,
            ExcitatoryFraction = f,
            G = g,
            Rate = rate,
            SeedNet = seedNet,
            Stop = RunLength.Spikes(Spikes),
        };
        var (expected, margin) = DecimalNetwork.Run(p, draws, Spikes);

        Assert.InRange(margin, LeastMargin, decimal.MaxValue);
        Assert.Equal(expected, LoopRun.Of(p with { Loop = EventLoop.Window }, draws, Spikes).Neurons);
        Assert.Equal(expected, LoopRun.Of(p with { Loop = EventLoop.Heap }, draws, Spikes).Neurons);
    }
}
