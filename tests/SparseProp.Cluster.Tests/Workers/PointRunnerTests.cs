using SparseProp.Engine;
using SparseProp.Execution.Points;

namespace SparseProp.Cluster.Tests.Workers;

public sealed class PointRunnerTests
{
    private static readonly SimulationParameters Network = new() { N = 1000, K = 50, Stop = RunLength.SpikesPerNeuron(2) };

    private static readonly long NeuronsBytes = MemoryNeed.LeastBytes(Network);

    [Fact]
    public void TargetsThatDoNotFitTheBudgetAreDrawnAgainToTheSameResult()
    {
        const int targets = 1000 * 50 * sizeof(int);

        var stored = Run(Network, NeuronsBytes + targets);
        var drawn = Run(Network, NeuronsBytes + targets - 1);

        Assert.Equal(stored.Digest, drawn.Digest);
        Assert.InRange(stored.BytesPerNeuron - drawn.BytesPerNeuron, 190, 200);
    }

    [Fact]
    public void WithoutABudgetTargetsOfASmallNetworkAreStored() =>
        Assert.Equal(Run(Network, NeuronsBytes + (1 << 20)).BytesPerNeuron, Run(Network).BytesPerNeuron);

    [Fact]
    public void ABudgetThatDoesNotHoldTheNeuronsIsRefusedWithWhatTheyNeed()
    {
        var error = Assert.Throws<InsufficientMemoryException>(() => Run(Network, NeuronsBytes - 1));

        Assert.Contains("n = 1000 needs at least 39.1 KiB", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NeuronModel.Lif, EventLoop.Window)]
    [InlineData(NeuronModel.Qif, EventLoop.Heap)]
    [InlineData(NeuronModel.QifInhomogeneous, EventLoop.Window)]
    public void ASilentNetworkHasARateOfZero(NeuronModel model, EventLoop loop)
    {
        var silent = new SimulationParameters { Model = model, N = 100, K = 10, Loop = loop, BurnIn = RunLength.Seconds(1), Stop = RunLength.Seconds(2) };

        Assert.All(
            [silent with { Rate = 0 }, silent with { J0 = 0 }, silent with { K = 0 }],
            point => Assert.Equal((0, 0, 2), Run(point) is var result ? (result.Spikes, result.RateHz, result.SimulatedSeconds) : default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(1e6)]
    public void InhibitionOfAnyStrengthRuns(double g) =>
        Assert.Equal(2000, Run(Network with { G = g, Tau = 1e-9, Rate = 1e5 }).Spikes);

    [Fact]
    public void RatesAloneAreMeasuredOnTheSameSpikesInLessMemory()
    {
        var rateAlone = Run(Network with { Record = StatisticKinds.Rate });
        var all = Run(Network);

        Assert.Equal((all.Digest, all.RateHz, null), (rateAlone.Digest, rateAlone.RateHz, rateAlone.CvIsi));
        Assert.Equal(32, all.BytesPerNeuron - rateAlone.BytesPerNeuron);
    }

    private static SimulationResult Run(SimulationParameters point, long? memoryBudget = null)
    {
        var observer = default(NoObserver);
        return new PointRunner(busySlots: () => 1)
            .Run(point, memoryBudget, ref observer, TestContext.Current.CancellationToken).Result;
    }
}
