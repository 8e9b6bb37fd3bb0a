using SparseProp.Engine.Models;
using SparseProp.Engine.Queues;
using SparseProp.Engine.Tests.Loops;

namespace SparseProp.Engine.Tests;

/// <summary>Quadratic networks: exact symmetries of their equations, and statistics of independent code.</summary>
public sealed class QifTests
{
    private static readonly SimulationParameters Small = new()
    {
        N = 1000,
        K = 50,
        Eta = 0.4,
        Loop = EventLoop.Heap,
        Stop = RunLength.Spikes(2000),
    };

    public static TheoryData<NeuronModel> Models { get; } = [NeuronModel.Qif, NeuronModel.QifTime, NeuronModel.QifInhomogeneous];

    [Theory]
    [MemberData(nameof(Models))]
    public void TwiceTheTimeConstantAtHalfTheRateIsTheSameNetworkAtHalfTheSpeed(NeuronModel model)
    {
        var p = Small with { Model = model };
        var (fast, _) = SpikeList.Of(p);
        var (slow, _) = SpikeList.Of(p with { Tau = 2 * p.Tau, Rate = p.Rate / 2 });

        Assert.Equal(fast.Neurons, slow.Neurons);
        Assert.Equal(fast.Seconds.Select(t => 2 * t), slow.Seconds);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void FourTimesCouplingAndRateIsTheSameNetworkAtFourTimesTheSpeed(NeuronModel model)
    {
        var p = Small with { Model = model };
        var (slow, _) = SpikeList.Of(p);
        var (fast, _) = SpikeList.Of(p with { J0 = 4 * p.J0, Rate = 4 * p.Rate });

        Assert.Equal(slow.Neurons, fast.Neurons);
        Assert.Equal(slow.Seconds.Select(t => t / 4), fast.Seconds);
    }

    [Fact]
    public void PhasesAndTimesAreOneNetworkInTwoRepresentations()
    {
        // A draw u begins at phase 2π(1/2 − u) in one script and 2πu − π in the other, its mirror image.
        var phases = LoopRun.Of<QifPhase, LargestFirst>(Small, new QifPhase(Small), 1000);
        var times = LoopRun.Of<QifTime, SmallestFirst>(Small, new QifTime(Small), 1000, change: u => 1 - u);

        Assert.Equal(phases.Neurons, times.Neurons);
        Assert.All(phases.Seconds.Zip(times.Seconds), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void WithoutInhomogeneityTheDrivesAreEqual()
    {
        var (homogeneous, _) = SpikeList.Of(Small with { Model = NeuronModel.QifTime });
        var (inhomogeneous, _) = SpikeList.Of(Small with { Model = NeuronModel.QifInhomogeneous, Eta = 0 });

        Assert.Equal(homogeneous.Neurons, inhomogeneous.Neurons);
        Assert.Equal(homogeneous.Seconds, inhomogeneous.Seconds);
    }

    [Theory]
    [InlineData(NeuronModel.Qif, 20, 1, 1.6175, 0.0010, 0.5790, 0.0023)]
    [InlineData(NeuronModel.Qif, 50, 1, 1.4158, 0.0009, 0.6163, 0.0028)]
    [InlineData(NeuronModel.Qif, 100, 1, 1.3062, 0.0013, 0.6358, 0.0028)]
    [InlineData(NeuronModel.Qif, 200, 1, 1.4524, 0.0128, 0.6737, 0.0023)]
    [InlineData(NeuronModel.Qif, 100, 0.5, 1.1683, 0.0015, 0.5000, 0.0033)]
    [InlineData(NeuronModel.Qif, 100, 2, 1.4940, 0.0016, 0.7386, 0.0018)]
    [InlineData(NeuronModel.QifTime, 100, 1, 1.3062, 0.0013, 0.6358, 0.0028)]
    public void RateAndIrregularityAreThoseOfIndependentCode(
        NeuronModel model, int k, double j0, double rateHz, double rateDeviation, double cv, double cvDeviation)
    {
        var (_, result) = SpikeList.Of(new()
        {
            Model = model,
            N = 10_000,
            K = k,
            J0 = j0,
            Loop = EventLoop.Heap,
            BurnIn = RunLength.Seconds(2),
            Stop = RunLength.Seconds(10),
        });

        // 5.7 standard deviations over seeds: one false alarm in a thousand against eight reference runs.
        Assert.Equal(rateHz, result.RateHz, Math.Max(5.7 * rateDeviation, 0.003 * rateHz));
        Assert.Equal(cv, result.CvIsi!.Value, 5.7 * cvDeviation);
    }

    [Fact]
    public void RatesFollowTheInhomogeneousDrive()
    {
        var p = Small with
        {
            Model = NeuronModel.QifInhomogeneous,
            Topology = Topology.Published,
            N = 10_000,
            K = 100,
            BurnIn = RunLength.Seconds(2),
            Stop = RunLength.Seconds(10),
        };
        var (spikes, result) = SpikeList.Of(p);

        // Mean and standard deviation of three seeds of independent code: 1.6207 and 0.0027 Hz; with three, take 9 of them.
        Assert.Equal(1.6207, result.RateHz, 9 * 0.0027);
        Assert.Equal(0.591, result.CvIsi!.Value, 0.02);

        // Its rates by tenths of the neurons. One tenth of one network differs by its in-degrees, some 3 %.
        double[] expected = [0.39, 0.64, 0.98, 1.37, 1.70, 2.04, 2.21, 2.34, 2.33, 2.22];
        var found = spikes.Neurons.CountBy(j => j / 1000).OrderBy(pair => pair.Key).Select(pair => pair.Value / (1000 * 10.0));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 0.1 * pair.First));
    }
}
