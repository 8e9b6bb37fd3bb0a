using SparseProp.Engine.Loops;
using SparseProp.Engine.Models;
using SparseProp.Engine.Models.Eif;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Tests.Loops;

/// <summary>A clock that starts anew every so often gives the spikes of one that does not, up to rounding.</summary>
public sealed class HeapEpochTests
{
    // Some 2 s of simulated time and a dozen epochs.
    private const double Epoch = 16;

    private static readonly SimulationParameters Network = new() { N = 1000, K = 50, Stop = RunLength.Spikes(1) };

    [Fact]
    public void StableNetworksSpikeTheSameToTheLast() =>
        AssertSame<LifPhase, LargestFirst>(() => new LifPhase(Network), spikes: 20_000, 1e-12);

    [Fact]
    public void NetworksByTableSpikeTheSameToTheLast() =>
        AssertSame<LifLookup, LargestFirst>(() => new LifLookup(Network, LifLookup.Table(Network)), spikes: 20_000, 1e-12);

    [Fact]
    public void ExponentialNetworksSpikeTheSameUntilRoundingHasGrown()
    {
        var p = Network with { Model = NeuronModel.Eif, N = 100, K = 20 };
        AssertSame<EifPhase<CurveDelay<GeometricTable>>, LargestFirst>(() => Exponential(p), spikes: 150, 1e-9, p, epoch: 1);
    }

    [Fact]
    public void MixedNetworksSpikeTheSameUntilRoundingHasGrown()
    {
        // A dozen leaky neurons spike at each instant.
        var p = Network with { N = 200, K = 40, ExcitatoryFraction = 0.35, G = 3.3 };
        AssertSame<LifPhase, ThenByHandle<LargestFirst>>(() => new LifPhase(p), spikes: 1000, 1e-8, p, epoch: 1);
        p = p with { ExcitatoryFraction = 0.7 };
        AssertSame<QifPhase, ThenByHandle<LargestFirst>>(() => new QifPhase(p), spikes: 500, 1e-9, p, epoch: 1);
        AssertSame<QifTime, ThenByHandle<SmallestFirst>>(() => new QifTime(p), spikes: 500, 1e-9, p, epoch: 1);
    }

    [Fact]
    public void AnInstantEndsWhereTheNextOneHasItsValueInANewEpoch()
    {
        // Neurons 0 and 1 spike together twice; then neuron 2 holds neuron 1 back, and what neuron 0 sends it must not be lost.
        var p = Network with { N = 4, K = 1, J0 = 0.5, ExcitatoryFraction = 0.25, G = 0.5 };
        double[] phases = [0.5, 0.5, -0.5, -50];
        var (once, anew) = (ByDetour(p, phases, double.PositiveInfinity), ByDetour(p, phases, 1));

        Assert.Equal([0, 1, 0, 1, 2], once.Neurons.Take(5));
        Assert.Equal(once.Neurons, anew.Neurons);
        Assert.All(once.Seconds.Zip(anew.Seconds), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void TheLastPlaceOfTheClockDoesNotGrow()
    {
        // A stable network for a million τ; what is left of the difference is that of the seconds' own last places.
        var p = Network with { N = 20, K = 5, Stop = RunLength.Spikes(2_000_000) };
        var window = LastTime(p);
        var heap = LastTime(p with { Loop = EventLoop.Heap });
        var once = LoopRun.Of<LifPhase, LargestFirst>(p, new LifPhase(p), 2_000_000).Seconds[^1];

        Assert.Equal(window, heap, 1e-11);
        Assert.NotEqual(window, once, 1e-10);
    }

    [Fact]
    public void ChaoticNetworksByPhaseSpikeTheSameUntilRoundingHasGrown() =>
        AssertSame<QifPhase, LargestFirst>(() => new QifPhase(Network), spikes: 1000, 1e-9);

    [Fact]
    public void ChaoticNetworksByTimeSpikeTheSameUntilRoundingHasGrown() =>
        AssertSame<QifTime, SmallestFirst>(() => new QifTime(Network), spikes: 1000, 1e-9);

    [Fact]
    public void HowARunIsCutIntoCallsDoesNotMatter()
    {
        var (whole, _) = SpikeList.Of(Network with { Model = NeuronModel.QifTime, Loop = EventLoop.Heap, Stop = RunLength.Spikes(12_000) });
        var (cut, _) = SpikeList.Of(Network with
        {
            Model = NeuronModel.QifTime,
            Loop = EventLoop.Heap,
            BurnIn = RunLength.Seconds(2.5601),
            Stop = RunLength.Spikes(5000),
        });
        var skipped = whole.Seconds.Count(t => t <= 2.5601);

        Assert.InRange(skipped, 2000, 7000);
        Assert.Equal(whole.Neurons.Skip(skipped).Take(5000), cut.Neurons);
        Assert.Equal(whole.Seconds.Skip(skipped).Take(5000), cut.Seconds);
    }

    private static EifPhase<CurveDelay<GeometricTable>> Exponential(SimulationParameters p)
    {
        var curve = new EifCurve(p);
        return new(p, curve, EifLoops.CurveDelay(curve, EifLoops.DelayTable(curve)));
    }

    private static unsafe SpikeList ByDetour(SimulationParameters p, double[] phases, double epoch)
    {
        fixed (double* pointer = phases)
        {
            var targets = new TargetRows(new Detour(), p.N, p.K, budgetBytes: 0);
            using var loop = new HeapLoop<LifPhase, ThenByHandle<LargestFirst>>(new LifPhase(p), pointer, p.N, targets)
            {
                Epoch = epoch,
                ExcitatoryNeurons = p.ExcitatoryNeurons,
            };
            var spikes = new SpikeList();
            loop.Run(ref spikes, 20, double.PositiveInfinity, TestContext.Current.CancellationToken);
            return spikes;
        }
    }

    private static double LastTime(SimulationParameters p) => SpikeList.Of(p).Spikes.Seconds[^1];

    private static void AssertSame<TModel, TOrder>(
        Func<TModel> create, int spikes, double tolerance, SimulationParameters? network = null, double epoch = Epoch)
        where TModel : struct, IHeapModel
        where TOrder : struct, IHeapOrder
    {
        var once = LoopRun.Of<TModel, TOrder>(network ?? Network, create(), spikes);
        var anew = LoopRun.Of<TModel, TOrder>(network ?? Network, create(), spikes, epoch);

        Assert.True(once.Seconds[^1] > 0.1);
        Assert.Equal(once.Neurons, anew.Neurons);
        Assert.NotEqual(once.Seconds, anew.Seconds);
        Assert.All(once.Seconds.Zip(anew.Seconds), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    private sealed unsafe class Detour : ITargetSource
    {
        public void Draw(int neuron, int* row) => row[0] = neuron is 0 or 2 ? 1 : 3 - (neuron / 3);

        public void Dispose()
        {
        }
    }
}
