using CsCheck;
using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Tests.Loops;

/// <summary>Excitatory and mixed networks, in both loops.</summary>
public sealed class ExcitationTests
{
    // Synapses of strength 1/2: from V = −1/2 or above to the threshold.
    private static readonly SimulationParameters Pair = new() { N = 2, K = 1, J0 = -0.5, Stop = RunLength.Spikes(1) };

    // Of strength 1/2 again, with one excitatory neuron of three; from V = −1/4 the first spike is at once.
    private static readonly SimulationParameters Triple = Pair with { N = 3, K = 2, J0 = Math.Sqrt(2) / 2, ExcitatoryFraction = 1.0 / 3, G = 0.5 };

    [Theory]
    [InlineData(EventLoop.Heap, NeuronModel.Lif, 1000, 0.8)]
    [InlineData(EventLoop.Window, NeuronModel.Lif, 1000, 0.8)]
    [InlineData(EventLoop.Heap, NeuronModel.LifLookup, 500, 0.8)]
    [InlineData(EventLoop.Window, NeuronModel.LifLookup, 500, 0.8)]
    [InlineData(EventLoop.Heap, NeuronModel.Qif, 100, 0.8)]
    [InlineData(EventLoop.Window, NeuronModel.Qif, 100, 0.8)]
    [InlineData(EventLoop.Heap, NeuronModel.QifTime, 100, 0.8)]
    [InlineData(EventLoop.Window, NeuronModel.QifTime, 100, 0.8)]
    [InlineData(EventLoop.Heap, NeuronModel.QifInhomogeneous, 100, 0.8)]
    [InlineData(EventLoop.Window, NeuronModel.QifInhomogeneous, 100, 0.8)]
    [InlineData(EventLoop.Heap, NeuronModel.Eif, 50, 0.4)]
    [InlineData(EventLoop.Window, NeuronModel.Eif, 50, 0.4)]
    [InlineData(EventLoop.Heap, NeuronModel.EifChebyshev, 50, 0.4)]
    [InlineData(EventLoop.Window, NeuronModel.EifChebyshev, 50, 0.4)]
    public void AnyNetworkSpikesByItsDefinition(EventLoop loop, NeuronModel model, int networks, double share)
    {
        const int Spikes = 400;
        var compared = 0L;
        Networks(loop, model, Spikes).Sample(
            p => Interlocked.Add(ref compared, NaiveNetwork.AssertSpikes(p, SpikeList.Of(p).Spikes)), iter: networks);

        TestContext.Current.TestOutputHelper!.WriteLine($"{compared} of {networks * Spikes} spikes compared");
        Assert.InRange(compared, (long)(share * networks * Spikes), long.MaxValue);
    }

    [Fact]
    public void WhoIsBroughtToThresholdSpikesAtTheSameTimeInTheOrderOfTheNeurons()
    {
        var p = Pair with { N = 4, K = 3, J0 = -0.5 * Math.Sqrt(3) };

        // Neuron 2 is first; the others are 1/4 below the threshold then, or so.
        var spikes = Run(p, [-0.25, -0.26, -0.01, -0.27], 8);

        Assert.Equal([2, 0, 1, 3, 0, 1, 2, 3], spikes.Neurons);
        Assert.Single(spikes.Seconds.Take(4).Distinct());
        Assert.Equal(FreeSeconds(p, -1), spikes.Seconds[4] - spikes.Seconds[0], 1e-15);
        Assert.Single(spikes.Seconds.Skip(4).Distinct());
    }

    [Fact]
    public void ExcitationOfANeuronThatHasSpikedAtThisInstantIsLost()
    {
        var spikes = Run(Pair, [-0.25, -0.01], 6);

        // Both begin anew at −1; with what neuron 0 sends back, neuron 1 would be at −1/2.
        Assert.Equal([1, 0, 0, 1, 0, 1], spikes.Neurons);
        Assert.Equal(FreeSeconds(Pair, -1), spikes.Seconds[2] - spikes.Seconds[1], 1e-15);
    }

    [Fact]
    public void ExcitationBelowThresholdOnlyAdvancesTheSpike()
    {
        var p = Pair with { J0 = -0.25 };
        var spikes = Run(p, [-0.9, -0.005], 2);
        var first = FreeSeconds(p, -0.005);
        var voltage = p.Drive + ((-0.9 - p.Drive) * Math.Exp(-first / p.Tau)) + 0.25;

        Assert.Equal([1, 0], spikes.Neurons);
        Assert.Equal(FreeSeconds(p, voltage), spikes.Seconds[1] - first, 1e-15);
    }

    [Fact]
    public void WhoIsBroughtToThresholdTogetherSpikesTogether()
    {
        // Neuron 0 brings both to the threshold; both spike, lower each other from the reset to −5/4, and neuron 0 to −3/2.
        var spikes = Run(Triple, [-0.01, -0.25, -0.25], 5);

        Assert.Equal([0, 1, 2, 1, 2], spikes.Neurons);
        Assert.Single(spikes.Seconds.Take(3).Distinct());
        Assert.Equal(FreeSeconds(Triple, -1.25), spikes.Seconds[3] - spikes.Seconds[2], 1e-15);
    }

    [Fact]
    public void WhatReachesANeuronInOneGenerationActsAsItsSum()
    {
        // Neurons 0 and 1 are due together; 1/2 − 1/4 leave neuron 2 at about −1/10, where the excitation alone would fire it.
        var spikes = Run(Triple, [-0.01, -0.01, -0.7], 3);
        var first = FreeSeconds(Triple, -0.01);
        var drive = Triple.Drive;
        var voltage = drive + ((-0.7 - drive) * Math.Exp(-first / Triple.Tau)) + 0.25;

        Assert.Equal([0, 1, 2], spikes.Neurons);
        Assert.Equal(spikes.Seconds[0], spikes.Seconds[1]);
        Assert.Equal(FreeSeconds(Triple, voltage), spikes.Seconds[2] - spikes.Seconds[1], 1e-15);
    }

    [Fact]
    public void ASumThatReachesTheThresholdButForRoundingFires()
    {
        // All of nine excite each other by 1/10; at the first spikes of eight, neuron 8 is at −8/10 in exact arithmetic.
        var p = Pair with { N = 9, K = 8, J0 = -0.1 * Math.Sqrt(8) };
        var decay = Math.Exp(-FreeSeconds(p, -0.3) / p.Tau);
        var last = p.Drive - ((p.Drive + 0.8) / decay);
        var spikes = Run(p, [.. Enumerable.Repeat(-0.3, 8), last], 9);

        Assert.Single(spikes.Seconds.Distinct());
    }

    [Fact]
    public void InhibitionOfANeuronThatHasSpikedAtThisInstantActs()
    {
        // Neuron 2 is far away. After the first instant neuron 0 is at −5/4 and neuron 1, which spikes again, at −1.
        var spikes = Run(Triple, [-0.01, -0.25, -1e6], 4);
        var second = FreeSeconds(Triple, -1);
        var drive = Triple.Drive;
        var voltage = drive + ((-1.25 - drive) * Math.Exp(-second / Triple.Tau)) - 0.25;

        Assert.Equal([0, 1, 1, 0], spikes.Neurons);
        Assert.Equal(second, spikes.Seconds[2] - spikes.Seconds[1], 1e-15);
        Assert.Equal(FreeSeconds(Triple, voltage), spikes.Seconds[3] - spikes.Seconds[2], 1e-15);
    }

    [Theory]
    [InlineData(EventLoop.Heap, NeuronModel.Lif, 60, 59)]
    [InlineData(EventLoop.Window, NeuronModel.Lif, 60, 59)]
    [InlineData(EventLoop.Heap, NeuronModel.Lif, 1000, 30)]
    [InlineData(EventLoop.Window, NeuronModel.Lif, 1000, 30)]
    [InlineData(EventLoop.Heap, NeuronModel.Lif, 2, 1)]
    [InlineData(EventLoop.Window, NeuronModel.Lif, 2, 1)]
    [InlineData(EventLoop.Heap, NeuronModel.LifLookup, 1000, 30)]
    [InlineData(EventLoop.Window, NeuronModel.LifLookup, 1000, 30)]
    public void InARunawayNetworkAllSpikeOncePerInstantAndTimeAdvances(EventLoop loop, NeuronModel model, int n, int k)
    {
        // One input brings any neuron to the threshold, even from its reset.
        var p = Pair with { Model = model, N = n, K = k, J0 = -1.5 * Math.Sqrt(k), Loop = loop, Stop = RunLength.Spikes(20 * n) };
        var (spikes, _) = SpikeList.Of(p);
        var instants = spikes.Seconds.Zip(spikes.Neurons).GroupBy(spike => spike.First, spike => spike.Second).ToArray();

        Assert.Equal(20, instants.Length);
        Assert.All(instants, instant => Assert.Equal(Enumerable.Range(0, n), instant.Order()));
        Assert.All(instants.Skip(1), instant => Assert.Equal(Enumerable.Range(0, n), instant));
        var periods = instants.Zip(instants.Skip(1), (earlier, later) => later.Key - earlier.Key);
        Assert.All(periods, period => Assert.Equal(FreeSeconds(p, -1), period, 1e-13));
    }

    [Theory]
    [InlineData(EventLoop.Heap, NeuronModel.Lif)]
    [InlineData(EventLoop.Window, NeuronModel.Lif)]
    [InlineData(EventLoop.Heap, NeuronModel.Qif)]
    [InlineData(EventLoop.Window, NeuronModel.Qif)]
    [InlineData(EventLoop.Heap, NeuronModel.QifTime)]
    [InlineData(EventLoop.Window, NeuronModel.QifTime)]
    [InlineData(EventLoop.Heap, NeuronModel.Eif)]
    [InlineData(EventLoop.Window, NeuronModel.Eif)]
    public void ANetworkInStepStaysInStep(EventLoop loop, NeuronModel model)
    {
        const int N = 50;
        const int Rounds = 60;
        var p = Pair with { Model = model, N = N, K = N - 1, J0 = -2, Loop = loop };
        var spikes = LoopRun.Of(p, [.. Enumerable.Repeat(0.3, N)], N * Rounds);

        Assert.Equal(Enumerable.Range(0, N * Rounds).Select(i => i % N), spikes.Neurons);
        Assert.Equal(Rounds, spikes.Seconds.Distinct().Count());
    }

    [Theory]
    [InlineData(EventLoop.Heap, NeuronModel.Qif, 60)]
    [InlineData(EventLoop.Window, NeuronModel.Qif, 60)]
    [InlineData(EventLoop.Heap, NeuronModel.QifTime, 60)]
    [InlineData(EventLoop.Window, NeuronModel.QifTime, 60)]
    [InlineData(EventLoop.Heap, NeuronModel.Eif, 1)]
    [InlineData(EventLoop.Window, NeuronModel.Eif, 1)]
    public void NoInputTakesBackANeuronThatSpikesAtInfinity(EventLoop loop, NeuronModel model, int rounds)
    {
        // Strong enough that an exponential neuron at a distance of one rounding would be delayed visibly. Later it parts from
        // others, as its reset is within reach.
        const int N = 50;
        var p = Pair with { Model = model, N = N, K = N - 1, J0 = 20, ExcitatoryFraction = 0.1, G = 1.1, Loop = loop };
        var spikes = LoopRun.Of(p, [.. Enumerable.Repeat(0.3, N)], N * rounds);

        Assert.Equal(Enumerable.Range(0, N * rounds).Select(i => i % N), spikes.Neurons);
        Assert.Equal(rounds, spikes.Seconds.Distinct().Count());
    }

    [Theory]
    [InlineData(EventLoop.Heap, NeuronModel.Lif)]
    [InlineData(EventLoop.Window, NeuronModel.Lif)]
    [InlineData(EventLoop.Heap, NeuronModel.Qif)]
    [InlineData(EventLoop.Window, NeuronModel.Qif)]
    [InlineData(EventLoop.Heap, NeuronModel.Eif)]
    [InlineData(EventLoop.Window, NeuronModel.Eif)]
    public void HowARunIsCutIntoCallsDoesNotMatter(EventLoop loop, NeuronModel model)
    {
        // Cuts fall within instants, too.
        var p = Pair with { Model = model, N = 100, K = 20, J0 = 1, ExcitatoryFraction = 0.8, G = 5, Loop = loop, Stop = RunLength.Spikes(2000) };
        var (whole, _) = SpikeList.Of(p);
        using var simulation = new Simulation(p);
        var parts = new SpikeList();
        while (!simulation.Advance(RunLength.Spikes(7), ref parts, TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal(whole.Neurons, parts.Neurons);
        Assert.Equal(whole.Seconds, parts.Seconds);
    }

    [Theory]
    [InlineData(EventLoop.Heap)]
    [InlineData(EventLoop.Window)]
    public void AnInhibitoryNetworkOfAnyFractionThatRoundsToNoneIsThePublishedOne(EventLoop loop)
    {
        var p = new SimulationParameters { N = 100, K = 20, Loop = loop, Stop = RunLength.Spikes(1000) };

        Assert.Equal(SpikeList.Of(p).Result.Digest, SpikeList.Of(p with { ExcitatoryFraction = 0.0049 }).Result.Digest);
        Assert.NotEqual(SpikeList.Of(p).Result.Digest, SpikeList.Of(p with { ExcitatoryFraction = 0.005 }).Result.Digest);
    }

    [Theory]
    [InlineData(2000, 100, 1, 0.8, 5, 2)]
    [InlineData(1000, 50, 1, 0.5, 4, 1)]
    [InlineData(1000, 50, 1, 0.2, 1, 1)]
    [InlineData(1000, 50, 2, 0.3, 3, 1)]
    [InlineData(1000, 50, -0.2, 0, 1, 1)]
    public void BothLoopsGiveTheSameAvalanchesWhereInputsOfOneInstantCancel(int n, int k, double j0, double f, double g, double rate)
    {
        var p = new SimulationParameters { N = n, K = k, J0 = j0, ExcitatoryFraction = f, G = g, Rate = rate, Stop = RunLength.Spikes(1000) };
        var (window, heap) = (SpikeList.Of(p).Spikes, SpikeList.Of(p with { Loop = EventLoop.Heap }).Spikes);

        Assert.Equal(heap.Neurons, window.Neurons);
        Assert.All(heap.Seconds.Zip(window.Seconds), times => Assert.Equal(times.First, times.Second, 1e-9));
        Assert.InRange(window.Seconds.Distinct().Count(), 1, 800);
    }

    [Theory]
    [InlineData(NeuronModel.Lif)]
    [InlineData(NeuronModel.Qif)]
    [InlineData(NeuronModel.QifInhomogeneous)]
    [InlineData(NeuronModel.Eif)]
    public void EveryWindowLengthAndVectorWidthGivesTheSameDigest(NeuronModel model)
    {
        var p = new SimulationParameters
        {
            Model = model,
            N = 500,
            K = 30,
            ExcitatoryFraction = 0.4,
            G = 3,
            Stop = RunLength.Spikes(20_000),
        };
        var digests =
            from candidates in new int?[] { null, 1, 7, 60, 500 }
            from width in Enum.GetValues<VectorWidth>()
            select SpikeList.Of(p, new() { WindowCandidates = candidates, VectorWidth = width }).Result.Digest;

        Assert.Single(digests.Distinct());
    }

    // g is no whole number: inputs of one instant could cancel, and rounding decide whether two neurons stay in step.
    private static Gen<SimulationParameters> Networks(EventLoop loop, NeuronModel model, int spikes) =>
        from n in Gen.Int[2, 60]
        from k in Gen.Int[1, n - 1]
        from j0 in Gen.Double[0.1, 3]
        from excitatory in Gen.Double[0, 1]
        from all in Gen.Bool
        from g in Gen.OneOf(Gen.Const(0.0), Gen.Double[0.05, 5.95].Where(g => g % 0.25 != 0))
        from rate in Gen.Double[0.3, 30]
        from eta in Gen.Double[-0.5, 1]
        from deltaV in Gen.Double[0.1, 2]
        from seed in Gen.Long[1, 1_000_000]
        select new SimulationParameters
        {
            Model = model,
            N = n,
            K = k,
            J0 = all ? -j0 : j0,
            ExcitatoryFraction = all ? 0 : excitatory,
            G = g,
            Rate = rate,
            Eta = eta,
            DeltaV = deltaV,
            SeedIc = seed,
            SeedNet = seed + 1,
            Loop = loop,
            Stop = RunLength.Spikes(spikes),
        }
        into p
        where p.ExcitatoryNeurons > 0
        select p;

    private static double FreeSeconds(SimulationParameters p, double voltage) => p.Tau * Math.Log(1 - (voltage / p.Drive));

    // Leaky networks from voltages, in both loops, which must agree with the definition, too.
    private static SpikeList Run(SimulationParameters p, double[] voltages, int spikes)
    {
        double[] draws = [.. voltages.Select(v => 1 - (FreeSeconds(p, v) / FreeSeconds(p, -1)))];
        var expected = NaiveNetwork.Run(p, spikes, draws);
        foreach (var loop in Enum.GetValues<EventLoop>())
        {
            var found = LoopRun.Of(p with { Loop = loop }, draws, spikes);
            Assert.Equal(expected.Neurons, found.Neurons);
            Assert.All(expected.Seconds.Zip(found.Seconds), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
            Assert.Equal(GroupSizes(expected), GroupSizes(found));
        }

        return expected;
    }

    private static IEnumerable<int> GroupSizes(SpikeList spikes) => spikes.Seconds.GroupBy(t => t).Select(group => group.Count());
}
