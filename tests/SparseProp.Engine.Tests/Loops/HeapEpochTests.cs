using SparseProp.Engine.Models;
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

    private static void AssertSame<TModel, TOrder>(Func<TModel> create, int spikes, double tolerance)
        where TModel : struct, IHeapModel
        where TOrder : struct, IHeapOrder
    {
        var once = HeapRun.Of<TModel, TOrder>(Network, create(), spikes);
        var anew = HeapRun.Of<TModel, TOrder>(Network, create(), spikes, Epoch);

        Assert.True(once.Seconds[^1] > 0.5);
        Assert.Equal(once.Neurons, anew.Neurons);
        Assert.NotEqual(once.Seconds, anew.Seconds);
        Assert.All(once.Seconds.Zip(anew.Seconds), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
