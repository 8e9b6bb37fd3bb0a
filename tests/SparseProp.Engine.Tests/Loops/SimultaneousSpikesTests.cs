using SparseProp.Engine.Loops;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Tests.Loops;

/// <summary>Inputs to quadratic neurons that are at their spike or reset: they change nothing, and no rounding may change that.</summary>
public sealed unsafe class SimultaneousSpikesTests
{
    private const int N = 500;

    private static readonly SimulationParameters Parameters = new() { N = N, K = 1, Stop = RunLength.Spikes(1) };

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void AnInputLeavesANeuronAtItsSpikeOrResetWhereItIs(int side)
    {
        var neuron = new QifDrive(0.1, 0.1);

        for (var beyond = 0; beyond < 4; beyond++)
        {
            var phase = side * (Math.PI + (beyond * 4.5e-16));
            Assert.Equal(side * Math.PI, neuron.Receive(phase), 1e-15);
        }
    }

    [Fact]
    public void NeuronsInStepSpikeOncePerRoundByPhase() =>
        AssertOneSpikePerRound(draws => new HeapLoop<QifPhase, LargestFirst>(new QifPhase(Parameters), draws, N, Ring()));

    [Fact]
    public void NeuronsInStepSpikeOncePerRoundByTime() =>
        AssertOneSpikePerRound(draws => new HeapLoop<QifTime, SmallestFirst>(new QifTime(Parameters), draws, N, Ring()));

    private static TargetRows Ring() => new(new RingTargets(), N, 1, budgetBytes: 0);

    private delegate IEventLoop Loop(double* draws);

    private static void AssertOneSpikePerRound(Loop create)
    {
        const int Rounds = 40;
        var draws = Enumerable.Repeat(0.3, N).ToArray();
        fixed (double* pointer = draws)
        {
            using var loop = create(pointer);
            var spikes = new SpikeList();
            loop.Run(ref spikes, Rounds * N, double.PositiveInfinity, TestContext.Current.CancellationToken);

            Assert.All(spikes.Neurons.CountBy(j => j), pair => Assert.InRange(pair.Value, Rounds - 1, Rounds + 1));
            Assert.All(spikes.Seconds.Zip(spikes.Seconds.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        }
    }

    private sealed class RingTargets : ITargetSource
    {
        public void Draw(int neuron, int* row) => row[0] = (neuron + 1) % N;

        public void Dispose()
        {
        }
    }
}
