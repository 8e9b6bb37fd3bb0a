using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models.Eif;
using SparseProp.Engine.Tests.Loops;

namespace SparseProp.Engine.Tests.Statistics;

/// <summary>What loops say about their neurons, and Golomb's χ that is made of it.</summary>
public sealed unsafe class StateTests
{
    private static readonly SimulationParameters Small = new() { N = 203, K = 20, Eta = 0.4, Stop = RunLength.Seconds(0.2) };

    [Theory]
    [MemberData(nameof(BothLoopsTests.ModelsAndLoops), MemberType = typeof(BothLoopsTests))]
    public void TheLeastTimeToSpikeIsTheNextSpike(NeuronModel model, EventLoop loop)
    {
        using var network = EventLoops.Create(Small with { Model = model, Loop = loop }, new SimulationOptions());
        using var times = new NativeBuffer<double>(Small.N);
        var spikes = new SpikeList();
        for (var step = 0; step < 100; step++)
        {
            network.ReadTimesToSpike(network.Seconds, times.Pointer);
            var all = new Span<double>(times.Pointer, Small.N).ToArray();
            var before = network.Seconds;
            network.Run(ref spikes, 1, double.PositiveInfinity, TestContext.Current.CancellationToken);

            Assert.Equal(all.Min(), network.Seconds - before, 1e-12);
            Assert.Equal(Array.IndexOf(all, all.Min()), spikes.Neurons[^1]);
        }
    }

    [Theory]
    [InlineData(NeuronModel.Lif)]
    [InlineData(NeuronModel.Qif)]
    [InlineData(NeuronModel.QifInhomogeneous)]
    [InlineData(NeuronModel.Eif)]
    public void ChiIsTheSpreadOfTheMeanOverThatOfSingleNeurons(NeuronModel model)
    {
        var p = Small with { Model = model, Record = StatisticKinds.Chi };
        var samples = new List<(double X, double Y)[]>();
        using var network = EventLoops.Create(p, new SimulationOptions());
        using var times = new NativeBuffer<double>(p.N);
        var observer = default(NoObserver);
        for (var sample = 0; sample <= 20; sample++)
        {
            network.Run(ref observer, long.MaxValue, 0.01 * sample, TestContext.Current.CancellationToken);
            network.ReadTimesToSpike(0.01 * sample, times.Pointer);
            samples.Add([.. Enumerable.Range(0, p.N).Select(i => StateOf(p, i, times.Pointer[i]))]);
        }

        var mean = samples.Select(s => (s.Average(v => v.X), s.Average(v => v.Y))).ToArray();
        var single = Enumerable.Range(0, p.N).Average(i => Variance([.. samples.Select(s => s[i])]));
        var chi = SpikeList.Of(p).Result.Chi!.Value;

        Assert.Equal(Math.Sqrt(Variance(mean) / single), chi, 1e-9);
        Assert.InRange(chi, 0.01, 1);
    }

    [Fact]
    public void SamplingLeavesTheSpikesAlone()
    {
        var p = Small with { Stop = RunLength.Seconds(1), BurnIn = RunLength.Seconds(0.105) };
        Assert.Equal(SpikeList.Of(p).Result.Digest, SpikeList.Of(p with { Record = StatisticKinds.Chi }).Result.Digest);
    }

    // The state by the textbook formulas: V for leaky and exponential neurons, e^(iφ) for quadratic ones.
    private static (double X, double Y) StateOf(SimulationParameters p, int neuron, double secondsToSpike)
    {
        var (theta, drive) = (secondsToSpike / p.Tau, p.Drive);
        switch (p.Model)
        {
            case NeuronModel.Lif:
                return (drive * (1 - Math.Exp(theta)), 0);
            case NeuronModel.Eif:
                return (p.DeltaV * new EifCurve(p).Voltage(theta), 0);
            default:
                var own = p.Model == NeuronModel.Qif ? drive : drive * (1 + (p.Eta * Math.Sin(2.0 * (neuron + 1) / p.N)));
                var phase = Math.PI - (2 * Math.Sqrt(own) * theta);
                return (Math.Cos(phase), Math.Sin(phase));
        }
    }

    private static double Variance((double X, double Y)[] values)
    {
        var (x, y) = (values.Average(v => v.X), values.Average(v => v.Y));
        return values.Average(v => ((v.X - x) * (v.X - x)) + ((v.Y - y) * (v.Y - y)));
    }
}
