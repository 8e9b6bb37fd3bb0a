using SparseProp.Engine.Adjoint;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Tests.Loops;

namespace SparseProp.Engine.Tests.Training;

/// <summary>A network that is trained is the one that is simulated.</summary>
public sealed unsafe class SimulatedNetworkTests
{
    private const int Spikes = 400;

    [Theory]
    [InlineData(EventLoop.Window, EventLoop.Window)]
    [InlineData(EventLoop.Heap, EventLoop.Window)]
    [InlineData(EventLoop.Window, EventLoop.Heap)]
    public void SimulationAndTrainingGiveTheSpikesOfAnExcitatoryAndInhibitoryNetwork(EventLoop simulated, EventLoop trained)
    {
        var p = new SimulationParameters
        {
            N = 120,
            K = 20,
            ExcitatoryFraction = 0.6,
            G = 3,
            Loop = simulated,
            Stop = RunLength.Spikes(Spikes),
        };
        var random = new System.Random(7);
        double[] phases = [.. Enumerable.Range(0, p.N).Select(_ => 0.98 * random.NextDouble())];

        var expected = LoopRun.Of(p, phases, Spikes);
        var run = Forward.Run(
            TrainableOf(p), phases, new InputSpikes([], []), expected.Seconds[^1] * (1 + 1e-9), new TapeOptions { EventLoop = trained });

        Assert.True(Enumerable.Range(1, Spikes - 1).Any(i => expected.Seconds[i] == expected.Seconds[i - 1]), "nothing was simultaneous");
        Assert.Equal(expected.Neurons, run.Neurons.Take(Spikes));
        Assert.All(expected.Seconds.Zip(run.Times), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * p.Tau));
    }

    private static TrainableNetwork TrainableOf(SimulationParameters p)
    {
        using var source = new IndependentTargets(p.N, p.K, p.SeedNet);
        var targets = new int[p.N * p.K];
        fixed (int* rows = targets)
        {
            for (var neuron = 0; neuron < p.N; neuron++)
            {
                source.Draw(neuron, rows + (neuron * p.K));
            }
        }

        var excitation = p.J0 / Math.Sqrt(p.K);
        return new TrainableNetwork
        {
            Model = p.Model,
            Neurons = p.N,
            Tau = p.Tau,
            Drive = [.. Enumerable.Repeat(p.Tau * Math.Sqrt(p.K) * p.J0 * p.Rate, p.N)],
            Recurrent = new Synapses(
                [.. Enumerable.Range(0, p.N + 1).Select(neuron => neuron * p.K)],
                targets,
                [.. Enumerable.Range(0, targets.Length).Select(i => i / p.K < p.ExcitatoryNeurons ? excitation : -p.G * excitation)]),
            Inputs = 0,
            Input = Synapses.None(0),
        };
    }
}
