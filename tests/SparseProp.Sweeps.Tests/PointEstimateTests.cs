using SparseProp.Engine;

namespace SparseProp.Sweeps.Tests;

public sealed class PointEstimateTests
{
    private static readonly SimulationParameters Point = new() { N = 1000, K = 50, Stop = RunLength.SpikesPerNeuron(20) };

    [Fact]
    public void LengthsInSpikesCostTheirSpikesTimesTheDegree()
    {
        Assert.Equal(1_000_000, PointEstimate.Of(Point).SynapticEvents);
        Assert.Equal(1_000_500, PointEstimate.Of(Point with { BurnIn = RunLength.Spikes(10) }).SynapticEvents);
    }

    [Fact]
    public void LengthsInSecondsCostWhatTheModelFires()
    {
        var twoSeconds = Point with { Stop = RunLength.Seconds(2), Rate = 3 };

        Assert.Equal(2 * 1000 * 3 * 3.4 * 50, PointEstimate.Of(twoSeconds).SynapticEvents, tolerance: 1e-6);
        Assert.Equal(2 * 1000 * 3 * 1.3 * 50, PointEstimate.Of(twoSeconds with { Model = NeuronModel.Qif }).SynapticEvents, tolerance: 1e-6);
    }

    [Fact]
    public void MemoryGrowsWithTargets()
    {
        Assert.Equal(1000 * (8 + 60 + (4 * 50)), PointEstimate.Of(Point).MemoryBytes);
    }

    [Fact]
    public void TheLargestNetworkDoesNotOverflow()
    {
        var largest = PointEstimate.Of(Point with { N = int.MaxValue, K = int.MaxValue - 1, Stop = RunLength.Seconds(1e18), Rate = 1e300 });

        Assert.InRange(largest.MemoryBytes, 1L << 60, long.MaxValue);
        Assert.Equal(double.MaxValue, largest.SynapticEvents);
    }
}
