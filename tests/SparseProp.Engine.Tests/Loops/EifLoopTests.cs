using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Tests.Loops;

public sealed class EifLoopTests
{
    private static readonly SimulationParameters Small = new()
    {
        Model = NeuronModel.Eif,
        N = 500,
        K = 19,
        BurnIn = RunLength.SpikesPerNeuron(3),
        Stop = RunLength.SpikesPerNeuron(20),
    };

    /// <summary>Every approximation: model, Chebyshev order.</summary>
    public static TheoryData<NeuronModel, int> Approximations { get; } = new()
    {
        { NeuronModel.Eif, 0 },
        { NeuronModel.EifChebyshev, 0 },
        { NeuronModel.EifChebyshev, 20 },
    };

    [Theory]
    [MemberData(nameof(Approximations))]
    public void BothLoopsSpikeAlikeUntilChaosHasMadeTheirErrorsVisible(NeuronModel model, int order)
    {
        // An error of 1e-12 τ grows by e^(156 t/s): after 0.1 s it is 1e-7 s, where 3000 spikes are 3e-5 s apart on average.
        var p = new SimulationParameters
        {
            Model = model,
            ChebyshevOrder = order,
            N = 10_000,
            K = 100,
            Stop = RunLength.Seconds(0.1),
        };
        var (window, _) = SpikeList.Of(p);
        var (heap, _) = SpikeList.Of(p with { Loop = EventLoop.Heap });
        var same = window.Neurons.Zip(heap.Neurons).TakeWhile(pair => pair.First == pair.Second).Count();
        TestContext.Current.TestOutputHelper!.WriteLine($"{same} of {window.Neurons.Count} spikes until {window.Seconds[same - 1]} s");

        Assert.InRange(same, 2000, int.MaxValue);
        Assert.All(window.Seconds.Zip(heap.Seconds).Take(2000), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory]
    [InlineData(NeuronModel.Eif, EventLoop.Window)]
    [InlineData(NeuronModel.EifChebyshev, EventLoop.Window)]
    [InlineData(NeuronModel.Eif, EventLoop.Heap)]
    public void RateAndIrregularityAreThoseOfIndependentCode(NeuronModel model, EventLoop loop) =>
        AssertStatistics(model, loop, k: 100, rateHz: 3.0565, cv: 0.7895, cvDeviation: 0.0015);

    [Theory]
    [InlineData(20, 5.7628, 0.6876, 0.0014)]
    [InlineData(50, 3.9731, 0.7570, 0.0013)]
    [InlineData(200, 2.4153, 0.8121, 0.0034)]
    public void RateAndIrregularityAreThoseOfIndependentCodeAtOtherDegrees(int k, double rateHz, double cv, double cvDeviation) =>
        AssertStatistics(NeuronModel.Eif, EventLoop.Window, k, rateHz, cv, cvDeviation);

    [Fact]
    public void EveryVectorWidthGivesTheSameDigest()
    {
        var digests = Enum.GetValues<VectorWidth>().Select(width => SpikeList.Of(Small, new() { VectorWidth = width }).Result.Digest);

        Assert.Single(digests.Distinct());
    }

    [Theory]
    [InlineData(NeuronModel.Eif, 0, "727f23b1c7e4551e73fb109af9357da2")]
    [InlineData(NeuronModel.EifChebyshev, 0, "83fedb08652f7fa881a87a3a0d21b8a6")]
    [InlineData(NeuronModel.EifChebyshev, 20, "98183064d92961cc5d8ec4204317bd1d")]
    public void EveryMachineGivesTheSameDigest(NeuronModel model, int order, string digest) =>
        Assert.Equal(digest, SpikeList.Of(Small with { Model = model, ChebyshevOrder = order }).Result.Digest.ToString("x32", null));

    [Theory]
    [MemberData(nameof(Approximations))]
    public void EveryWindowLengthGivesTheSameDigest(NeuronModel model, int order)
    {
        var p = Small with { Model = model, ChebyshevOrder = order };
        int?[] candidates = [1, 7, 100_000];
        var digests = candidates.Select(wanted => SpikeList.Of(p, new() { WindowCandidates = wanted }).Result.Digest);

        Assert.Single(digests.Distinct());
    }

    [Theory]
    [MemberData(nameof(Approximations))]
    public void TheThreeApproximationsGiveDifferentSpikesInTheEnd(NeuronModel model, int order)
    {
        var digests = Approximations.Select(row => Small with { Model = row.Data.Item1, ChebyshevOrder = row.Data.Item2 })
            .Select(p => SpikeList.Of(p).Result.Digest);

        Assert.Single(digests, SpikeList.Of(Small with { Model = model, ChebyshevOrder = order }).Result.Digest);
    }

    [Theory]
    [InlineData(EventLoop.Window)]
    [InlineData(EventLoop.Heap)]
    public void DoublingTheTimeConstantAndHalvingTheRateOnlyStretchesTime(EventLoop loop)
    {
        var p = Small with { Loop = loop };
        var (fast, _) = SpikeList.Of(p);
        var (slow, _) = SpikeList.Of(p with { Tau = 2 * p.Tau, Rate = p.Rate / 2 });

        Assert.Equal(fast.Neurons, slow.Neurons);
        Assert.Equal(fast.Seconds.Select(t => 2 * t), slow.Seconds);
    }

    [Fact]
    public void SharperSpikesApproachTheLeakyIntegrateAndFireNeuron()
    {
        var lif = new SimulationParameters
        {
            N = 2000,
            K = 100,
            BurnIn = RunLength.SpikesPerNeuron(2),
            Stop = RunLength.SpikesPerNeuron(30),
        };
        var rate = SpikeList.Of(lif).Result.RateHz;
        double[] sharpness = [0.03, 0.01, 0.001, 1e-6];
        var distances = sharpness
            .Select(deltaV => Math.Abs(SpikeList.Of(lif with { Model = NeuronModel.Eif, DeltaV = deltaV }).Result.RateHz - rate) / rate)
            .ToArray();

        Assert.All(distances.Zip(distances.Skip(1)), pair => Assert.True(pair.Second < pair.First));
        Assert.InRange(distances[0], 0.05, 0.2);
        Assert.InRange(distances[^1], 0, 0.005);
    }

    [Theory]
    [InlineData(1, 1e-6)]
    [InlineData(1, 0.01)]
    [InlineData(1, 1)]
    [InlineData(1, 20)]
    [InlineData(1e-6, 0.1)]
    [InlineData(1e6, 0.1)]
    [InlineData(1e6, 1e-6)]
    public void UnusualNeuronsRunAndTimeAdvances(double rate, double deltaV)
    {
        foreach (var (model, order) in Approximations.Select(row => row.Data))
        {
            foreach (var loop in Enum.GetValues<EventLoop>())
            {
                var (spikes, _) = SpikeList.Of(new()
                {
                    Model = model,
                    ChebyshevOrder = order,
                    N = 300,
                    K = 100,
                    Rate = rate,
                    DeltaV = deltaV,
                    Loop = loop,
                    Stop = RunLength.Spikes(1500),
                });

                Assert.All(spikes.Seconds, t => Assert.True(double.IsFinite(t)));
                Assert.All(spikes.Seconds.Zip(spikes.Seconds.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
                Assert.True(spikes.Seconds[^1] > spikes.Seconds[700]);
            }
        }
    }

    private static void AssertStatistics(NeuronModel model, EventLoop loop, int k, double rateHz, double cv, double cvDeviation)
    {
        var (_, result) = SpikeList.Of(new()
        {
            Model = model,
            Loop = loop,
            N = 10_000,
            K = k,
            BurnIn = RunLength.Seconds(2),
            Stop = RunLength.Seconds(10),
        });

        Assert.Equal(rateHz, result.RateHz, 0.003 * rateHz);

        // 5.7 standard deviations over seeds: one false alarm in a thousand against eight reference runs.
        Assert.Equal(cv, result.CvIsi!.Value, 5.7 * cvDeviation);
    }
}
