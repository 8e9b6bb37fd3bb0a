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
        Assert.Equal(1000 * 4 * 50, PointEstimate.Of(Point with { K = 100 }).MemoryBytes - PointEstimate.Of(Point).MemoryBytes);
    }

    [Fact]
    public void RatesAloneTakeLessMemory()
    {
        Assert.True(PointEstimate.Of(Point with { Record = StatisticKinds.Rate }).MemoryBytes < PointEstimate.Of(Point).MemoryBytes);
    }

    [Fact]
    public void ASilentNetworkStillCostsItsSetUp()
    {
        var second = Point with { Stop = RunLength.Seconds(1) };

        Assert.All(
            [second with { K = 0 }, second with { Rate = 0 }, second with { J0 = 0 }, second with { K = 0, Rate = 1e300 }],
            silent => Assert.Equal(1000, PointEstimate.Of(silent).SynapticEvents));
    }

    [Fact]
    public void ExcitationRaisesTheRateAndInhibitionLowersIt()
    {
        var second = Point with { Stop = RunLength.Seconds(1) };
        double Events(double fraction, double g) =>
            PointEstimate.Of(second with { ExcitatoryFraction = fraction, G = g }).SynapticEvents / PointEstimate.Of(second).SynapticEvents;

        Assert.Equal(1 / 2.4, Events(0.2, 4 - 0.75), 1e-12);
        Assert.Equal(1 / 4.0, Events(0, 4), 1e-12);
        Assert.InRange(Events(0.8, 4), 5, 100);
        Assert.InRange(Events(1, 0), 5, 100);
        Assert.Equal(Events(1, 1), PointEstimate.Of(second with { J0 = -1 }).SynapticEvents / PointEstimate.Of(second).SynapticEvents);
    }

    [Fact]
    public void TheLargestNetworkDoesNotOverflow()
    {
        var largest = PointEstimate.Of(Point with { N = int.MaxValue, K = int.MaxValue - 1, Stop = RunLength.Seconds(1e18), Rate = 1e300 });

        Assert.InRange(largest.MemoryBytes, 1L << 60, long.MaxValue);
        Assert.Equal(double.MaxValue, largest.SynapticEvents);
    }
}
