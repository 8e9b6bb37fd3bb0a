namespace SparseProp.Engine.Tests;

public sealed class ParameterRulesTests
{
    private static readonly SimulationParameters Good = new() { N = 1000, K = 100, Stop = RunLength.Spikes(1) };

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e12)]
    public void DrivesThatDoublePrecisionCannotResolveAreRefused(double rate) =>
        Assert.Contains(ParameterRules.Check(Good with { Rate = rate }), error => error.Parameter == "rate");

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e6)]
    public void UnusualDrivesAreAllowed(double rate) => Assert.Empty(ParameterRules.Check(Good with { Rate = rate }));

    [Theory]
    [InlineData(1e-6, EventLoop.Window)]
    [InlineData(1e6, EventLoop.Window)]
    [InlineData(1e-6, EventLoop.Heap)]
    [InlineData(1e6, EventLoop.Heap)]
    public void UnusualDrivesRunAndTimeAdvances(double rate, EventLoop loop)
    {
        var (spikes, _) = SpikeList.Of(Good with { Rate = rate, Loop = loop, Stop = RunLength.Spikes(3000) });

        Assert.All(spikes.Seconds, t => Assert.True(double.IsFinite(t)));
        Assert.True(spikes.Seconds[^1] > spikes.Seconds[1000]);
    }
}
