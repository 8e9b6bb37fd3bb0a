using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Statistics;
using SparseProp.Engine.Tests.Populations;

namespace SparseProp.Engine.Tests.Statistics;

public sealed class TransientTests
{
    [Theory]
    [InlineData(NeuronModel.Lif, RunUnit.SpikesPerNeuron, 0.99, 3.4, true)]
    [InlineData(NeuronModel.Lif, RunUnit.SpikesPerNeuron, 1, 3.4, false)]
    [InlineData(NeuronModel.Eif, RunUnit.Spikes, 999, 3.4, true)]
    [InlineData(NeuronModel.Eif, RunUnit.Spikes, 1000, 3.4, false)]
    [InlineData(NeuronModel.Qif, RunUnit.SpikesPerNeuron, 1.9, 1.3, true)]
    [InlineData(NeuronModel.Qif, RunUnit.SpikesPerNeuron, 2, 1.3, false)]
    [InlineData(NeuronModel.Lif, RunUnit.Seconds, 0.29, 3.4, true)]
    [InlineData(NeuronModel.Lif, RunUnit.Seconds, 0.3, 3.4, false)]
    [InlineData(NeuronModel.Lif, RunUnit.Seconds, 0.049, 50, true)]
    [InlineData(NeuronModel.Lif, RunUnit.Seconds, 0.05, 50, false)]
    [InlineData(NeuronModel.Lif, RunUnit.SpikesPerNeuron, 0, 3.4, true)]
    [InlineData(NeuronModel.Lif, RunUnit.SpikesPerNeuron, 0, 0, false)]
    [InlineData(NeuronModel.Lif, RunUnit.SpikesPerNeuron, 0, double.NaN, false)]
    public void ItIsAMeanIntervalAndFiveTimeConstants(NeuronModel model, RunUnit unit, double burnIn, double rateHz, bool outlasts)
    {
        var network = new SimulationParameters { Model = model, N = 1000, K = 100, BurnIn = new(unit, burnIn), Stop = RunLength.Spikes(1) };

        Assert.Equal(outlasts, Transient.Outlasts(network, rateHz));
    }

    /// <summary>Behind the burn-in that it asks for, the rate of a short run is that of a long one.</summary>
    [Theory]
    [InlineData(NeuronModel.Lif, 100, 1)]
    [InlineData(NeuronModel.Lif, 20, 10)]
    [InlineData(NeuronModel.Eif, 100, 1)]
    [InlineData(NeuronModel.Qif, 50, 1)]
    public void BehindItTheRateIsThatOfALongRun(NeuronModel model, int k, double rate)
    {
        var longRun = RateOf(burnIn: 20, stop: 20);
        var needed = Transient.SpikesPerNeuron(Network(0, 1), longRun);

        Assert.InRange(RateOf(needed, stop: 5) / longRun, 0.985, 1.015);
        Assert.True(RateOf(burnIn: 0, stop: 0.05) / longRun > 1.1);

        double RateOf(double burnIn, double stop) => SpikeList.Of(Network(burnIn, stop)).Result.RateHz;

        SimulationParameters Network(double burnIn, double stop) => new()
        {
            Model = model,
            N = 5000,
            K = k,
            Rate = rate,
            BurnIn = RunLength.SpikesPerNeuron(burnIn),
            Stop = RunLength.SpikesPerNeuron(stop),
            Record = StatisticKinds.Rate,
        };
    }

    [Theory]
    [InlineData(RunUnit.Seconds, 0.1074, 38, true)]
    [InlineData(RunUnit.Seconds, 0.1075, 38, false)]
    [InlineData(RunUnit.SpikesPerNeuron, 4, 38, true)]
    [InlineData(RunUnit.SpikesPerNeuron, 4.1, 38, false)]
    [InlineData(RunUnit.Seconds, 0, 0, false)]
    public void OfPopulationsThatNeedInputItIsFiveTimeConstantsAndDelays(RunUnit unit, double burnIn, double rateHz, bool outlasts) =>
        Assert.Equal(outlasts, Transient.Outlasts(Of(Brunel.Network(5, 2), unit, burnIn), rateHz));

    [Theory]
    [InlineData(0.99, true)]
    [InlineData(1, false)]
    public void OfPopulationsThatFireAloneItIsAnIntervalToo(double burnIn, bool outlasts)
    {
        var network = Brunel.Network(5, 2);
        network = network with { Populations = [.. network.Populations.Select(p => p with { Drive = Quantity.Of(30) })] };

        Assert.Equal(outlasts, Transient.Outlasts(Of(network, RunUnit.SpikesPerNeuron, burnIn), rateHz: 1));
    }

    [Fact]
    public void OfANetworkThatARecordDoesNotHoldItIsKnownWithoutABurnIn()
    {
        var point = Of(Brunel.Network(5, 2), RunUnit.Seconds, 0.001) with { Network = null };

        Assert.False(Transient.Outlasts(point, 38));
        Assert.True(Transient.Outlasts(point with { BurnIn = RunLength.None }, 38));
    }

    /// <summary>Neurons that begin at rest are silent, or too loud, before.</summary>
    [Fact]
    public void BehindItTheRateOfPopulationsIsThatOfALongRun()
    {
        var network = Brunel.Network(5, 2, scale: 0.2, degrees: 0.1) with { Initial = [] };
        var longRun = RateOf(burnIn: 0.5, stop: 0.5);

        Assert.InRange(RateOf(Transient.DecaySecondsOf(network), stop: 0.1) / longRun, 0.985, 1.015);
        Assert.NotInRange(RateOf(burnIn: 0, stop: 0.005) / longRun, 0.9, 1.1);

        double RateOf(double burnIn, double stop) => SpikeList.Of(Of(network, RunUnit.Seconds, burnIn) with { Stop = RunLength.Seconds(stop) }).Result.RateHz;
    }

    private static SimulationParameters Of(NetworkDescription network, RunUnit unit, double burnIn) =>
        SimulationParameters.Of(network, RunLength.Seconds(1)) with { BurnIn = new(unit, burnIn), Record = StatisticKinds.Rate };
}
