using CsCheck;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;

namespace SparseProp.Engine.Tests.Loops;

public sealed unsafe class LifWindowLoopTests
{
    private static readonly SimulationParameters Small = new()
    {
        N = 500,
        K = 20,
        Stop = RunLength.SpikesPerNeuron(20),
        BurnIn = RunLength.SpikesPerNeuron(3),
    };

    [Theory]
    [InlineData(Topology.Independent)]
    [InlineData(Topology.Published)]
    public void AHundredThousandSpikesEqualTheHeapLoops(Topology topology) => AssertSameSpikesInBothLoops(
        new() { N = 10_000, K = 100, Topology = topology, Stop = RunLength.Spikes(100_000) });

    [Fact]
    public void AMillionSpikesOfAHundredThousandNeuronsEqualTheHeapLoops() => AssertSameSpikesInBothLoops(
        new() { N = 100_000, K = 100, Stop = RunLength.Spikes(1_000_000) });

    [Fact]
    public void AnyNetworkSpikesAsInTheHeapLoopUpToATie()
    {
        var networks =
            from n in Gen.Int[2, 400]
            from k in Gen.Int[1, n - 1]
            from j0 in Gen.Double[0.3, 3]
            from seed in Gen.Long[1, 1_000_000]
            select new SimulationParameters
            {
                N = n,
                K = k,
                J0 = j0,
                SeedIc = seed,
                SeedNet = seed,
                Stop = RunLength.SpikesPerNeuron(5),
            };
        networks.Sample(
            p =>
            {
                var (window, _) = SpikeList.Of(p with { Loop = EventLoop.Window });
                var (heap, _) = SpikeList.Of(p with { Loop = EventLoop.Heap });
                var same = heap.Neurons.Zip(window.Neurons).TakeWhile(pair => pair.First == pair.Second).Count();

                // Neurons that share their inputs approach each other until rounding decides: then both loops spike at that time.
                AssertSameTimes(p, heap.Seconds.Take(same + 1), window.Seconds.Take(same + 1));
            },
            iter: 200);
    }

    [Fact]
    public void RescalingLeavesSpikesAlone()
    {
        // 20 s are 2000 τ, 2885 powers of two: eleven rescalings.
        var p = Small with { Stop = RunLength.Seconds(20) };
        AssertSameSpikesInBothLoops(p);
    }

    [Fact]
    public void EveryVectorWidthGivesTheSameDigest()
    {
        var p = Small with { N = 3001, K = 30 };
        var digests = Enum.GetValues<VectorWidth>().Select(width => SpikeList.Of(p, new() { VectorWidth = width }).Result.Digest);

        Assert.Single(digests.Distinct());
    }

    [Fact]
    public void EveryWindowLengthGivesTheSameDigest()
    {
        int?[] candidates = [1, 7, 100, 100_000];
        var digests = candidates.Select(wanted => SpikeList.Of(Small, new() { WindowCandidates = wanted }).Result.Digest);

        Assert.Single(digests.Distinct());
    }

    [Theory]
    [InlineData(Topology.Independent)]
    [InlineData(Topology.Published)]
    public void TargetsDrawnAtEverySpikeGiveTheSameDigestAsStoredOnes(Topology topology)
    {
        var p = Small with { Topology = topology };
        var stored = SpikeList.Of(p, new() { TargetMemoryBytes = 4 * 500 * 20 }).Result;
        var drawn = SpikeList.Of(p, new() { TargetMemoryBytes = (4 * 500 * 20) - 1 }).Result;

        Assert.Equal(stored.Digest, drawn.Digest);
        Assert.True(drawn.BytesPerNeuron < stored.BytesPerNeuron - 70);
    }

    [Fact]
    public void EqualTimesSpikeInTheOrderOfTheNeurons()
    {
        const int N = 1000;
        var model = new LifExponential(Small with { N = N, K = 1 });
        var phases = new NativeBuffer<double>(N);
        for (var i = 0; i < N; i++)
        {
            phases.Pointer[i] = 0.5;
        }

        // Each neuron targets the one before it, which has spiked already.
        var targets = new TargetRows(new Ring(N), N, 1, budgetBytes: 0);
        var network = new ExponentialNetwork<LifExponential, ScalarScan>(model, phases, targets, excitatory: 0);
        using var loop = new WindowLoop<ExponentialNetwork<LifExponential, ScalarScan>>(network, wantedCandidates: null);
        var spikes = new SpikeList();
        loop.Run(ref spikes, N, double.PositiveInfinity, TestContext.Current.CancellationToken);

        // Neuron 0's spike delays the last neuron.
        Assert.Equal(Enumerable.Range(0, N - 1), spikes.Neurons.Take(N - 1));
        Assert.Single(spikes.Seconds.Take(N - 1).Distinct());
    }

    [Fact]
    public void TimeNeverGoesBack()
    {
        var (spikes, _) = SpikeList.Of(new() { N = 20_000, K = 50, Stop = RunLength.Spikes(200_000) });

        Assert.All(spikes.Seconds.Zip(spikes.Seconds.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
    }

    private static void AssertSameSpikesInBothLoops(SimulationParameters p)
    {
        var (window, _) = SpikeList.Of(p with { Loop = EventLoop.Window });
        var (heap, _) = SpikeList.Of(p with { Loop = EventLoop.Heap });

        Assert.Equal(heap.Neurons, window.Neurons);

        AssertSameTimes(p, heap.Seconds, window.Seconds);
    }

    // Relative beyond τ; before, phases resolve 1e-16 of τ.
    private static void AssertSameTimes(SimulationParameters p, IEnumerable<double> heap, IEnumerable<double> window) => Assert.All(
        heap.Zip(window),
        pair => Assert.Equal(pair.First, pair.Second, 1e-12 * Math.Max(pair.First, p.Tau)));

    private sealed class Ring(int n) : ITargetSource
    {
        public void Draw(int neuron, int* row) => row[0] = (neuron + n - 1) % n;

        public void Dispose()
        {
        }
    }
}
