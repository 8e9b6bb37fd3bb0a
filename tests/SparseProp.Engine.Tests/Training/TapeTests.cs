using SparseProp.Engine.Adjoint;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Training;

public sealed class TapeTests
{
    public static TheoryData<NeuronModel> Models => [NeuronModel.Lif, NeuronModel.Qif, NeuronModel.Eif];

    [Theory]
    [MemberData(nameof(Models))]
    public void BothLoopsDoTheSameToTheBit(NeuronModel model)
    {
        var window = TrainedCase.Random(model, seed: 4, excites: true, n: 60, k: 12, length: 12);
        var heap = window with { Options = window.Options with { EventLoop = EventLoop.Heap } };

        var (one, other) = (window.Run(), heap.Run());

        Assert.True(one.Neurons.Length > 60);
        Assert.Equal(one.Neurons, other.Neurons);
        Assert.Equal(one.Times, other.Times);
        Assert.Equal(one.FinalPhases, other.FinalPhases);
        AssertSame(window.Gradients(), heap.Gradients());
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void WhatIsRunAgainGivesTheSameGradientToTheBit(NeuronModel model)
    {
        // Longer than keys go without being rebased.
        var whole = TrainedCase.Random(model, seed: 5, excites: true, n: 30, k: 6, length: model == NeuronModel.Eif ? 70 : 150);
        var run = whole.Run();
        Assert.False(run.IsRecomputed);
        foreach (var budget in (long[])[run.TapeBytes / 2, run.TapeBytes / 10, 2000, 1])
        {
            foreach (var loop in (EventLoop[])[EventLoop.Heap, EventLoop.Window])
            {
                var bounded = whole with { Options = whole.Options with { BudgetBytes = budget, EventLoop = loop } };
                var again = bounded.Run();

                Assert.True(again.IsRecomputed);
                Assert.True(again.TapeBytes <= budget || again.Record.Segments.Count <= 2, $"{again.TapeBytes} of {budget} bytes");
                Assert.Equal(run.Times, again.Times);
                AssertSame(whole.Gradients(), bounded.Gradients());
            }
        }
    }

    [Fact]
    public void ARunMayBeFollowedBackTwice()
    {
        var one = TrainedCase.Random(NeuronModel.Qif, seed: 6, excites: true, length: 20);
        one = one with { Options = one.Options with { BudgetBytes = 3000 } };
        var run = one.Run();
        var (bySpike, byPhase, byPeriod) = one.Loss(run);
        var first = Backward.Run(run, bySpike, byPhase, byPeriod);

        AssertSame(first, Backward.Run(run, bySpike, byPhase, byPeriod));

        Backward.Accumulate(run, bySpike, byPhase, byPeriod, first);
        var once = Backward.Run(run, bySpike, byPhase, byPeriod).Recurrent;
        Assert.All(once.Zip(first.Recurrent), pair => Assert.Equal(2 * pair.First, pair.Second, 1e-12 * once.Max(Math.Abs)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void TheNetworkOfASimulationSpikesAsItDoes(NeuronModel model)
    {
        var parameters = new SimulationParameters
        {
            Model = model,
            N = 200,
            K = 20,
            J0 = 1,
            Rate = 5,
            Tau = 0.01,
            SeedIc = 3,
            SeedNet = 4,
            Stop = RunLength.Seconds(0.1),
        };
        var (spikes, _) = SpikeList.Of(parameters);
        var network = TrainableNetwork.Random(model, 200, 20, 1, 5, 0.01, seedNet: 4);

        var run = Forward.Run(network, InitialPhases(parameters), InputSpikes.None, 0.1, new TapeOptions());

        // Quadratic and exponential networks are chaotic: later on, rounding decides.
        var count = Math.Min(300, run.Neurons.Length);
        Assert.True(count > 100);
        Assert.Equal(spikes.Neurons.Take(count), run.Neurons.Take(count));
        Assert.All(spikes.Seconds.Take(count).Zip(run.Times), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void WithoutInputWhatIsFollowedBackIsNeitherLostNorMade(NeuronModel model)
    {
        var one = TrainedCase.Random(model, seed: 7, excites: true, hasInput: false);
        var run = one.Run();
        var (bySpike, _, _) = one.Loss(run);

        var gradients = Backward.Run(run, bySpike);

        // −(∂L/∂u)/P of the initial phases are the derivatives by the neurons' first spike times.
        var sum = gradients.InitialPhases.Select((g, neuron) => -g / run.PeriodOf(neuron)).Sum();
        Assert.Equal(bySpike.Sum(), sum, 1e-10 * bySpike.Sum(Math.Abs));
    }

    // As the models read the draws: phases, or what is left of them.
    private static unsafe double[] InitialPhases(SimulationParameters parameters)
    {
        var draws = new double[parameters.N];
        fixed (double* first = draws)
        {
            InitialDraws.Independent(parameters.SeedIc, first, parameters.N);
        }

        return parameters.Model == NeuronModel.Qif ? [.. draws.Select(draw => 1 - draw)] : draws;
    }

    internal static void AssertSame(Gradients one, Gradients other)
    {
        Assert.Equal(one.Recurrent, other.Recurrent);
        Assert.Equal(one.Input, other.Input);
        Assert.Equal(one.Drive, other.Drive);
        Assert.Equal(one.InitialPhases, other.InitialPhases);
    }
}
