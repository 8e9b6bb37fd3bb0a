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

    [Fact]
    public void EveryModelRunsInBothLoops()
    {
        foreach (var model in Enum.GetValues<NeuronModel>())
        {
            foreach (var loop in Enum.GetValues<EventLoop>())
            {
                Assert.Equal(100, SpikeList.Of(Good with { Model = model, Loop = loop, Stop = RunLength.Spikes(100) }).Result.Spikes);
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-1.5)]
    [InlineData(double.NaN)]
    [InlineData(1e12)]
    [InlineData(-0.9999999999)]
    public void InhomogeneitiesWithoutAPositiveResolvableDriveAreRefused(double eta)
    {
        var p = Good with { Model = NeuronModel.QifInhomogeneous, Loop = EventLoop.Heap, Eta = eta };

        Assert.Equal("eta", Assert.Single(ParameterRules.Check(p)).Parameter);
        Assert.Empty(ParameterRules.Check(p with { Model = NeuronModel.QifTime }));
    }

    [Theory]
    [InlineData(NeuronModel.Qif, 1e-6)]
    [InlineData(NeuronModel.Qif, 1e6)]
    [InlineData(NeuronModel.QifTime, 1e-6)]
    [InlineData(NeuronModel.QifTime, 1e6)]
    public void UnusualDrivesRunAndTimeAdvancesInQuadraticNetworks(NeuronModel model, double rate)
    {
        var (spikes, _) = SpikeList.Of(Good with { Model = model, Rate = rate, Loop = EventLoop.Heap, Stop = RunLength.Spikes(3000) });

        Assert.All(spikes.Seconds.Zip(spikes.Seconds.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        Assert.True(double.IsFinite(spikes.Seconds[^1]) && spikes.Seconds[^1] > spikes.Seconds[1000]);
    }

    [Theory]
    [InlineData(0, "is no spike sharpness")]
    [InlineData(double.PositiveInfinity, "is no spike sharpness")]
    [InlineData(9e-7, "model lif")]
    [InlineData(21, "V = 1000")]
    public void SharpnessesOutOfRangeAreRefusedOnceWithTheReason(double deltaV, string reason)
    {
        var error = Assert.Single(ParameterRules.Check(Good with { Model = NeuronModel.Eif, DeltaV = deltaV }));

        Assert.Equal("delta_v", error.Parameter);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Empty(ParameterRules.Check(Good with { DeltaV = deltaV }));
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(20)]
    public void SharpnessesAtTheEndsOfTheRangeAreAllowed(double deltaV) =>
        Assert.Empty(ParameterRules.Check(Good with { Model = NeuronModel.Eif, DeltaV = deltaV }));

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    [InlineData(1000, 0)]
    [InlineData(1001, 1)]
    public void AChebyshevOrderIsTwoToAThousandOrZero(int order, int errors)
    {
        var p = Good with { Model = NeuronModel.EifChebyshev, ChebyshevOrder = order };

        Assert.Equal(errors, ParameterRules.Check(p).Count(error => error.Parameter == "chebyshev_order"));
        Assert.Empty(ParameterRules.Check(p with { Model = NeuronModel.Eif }));
    }
}
