using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Tests.Training;

public sealed class TruncationTests
{
    [Fact]
    public void AWindowAsLongAsTheRunChangesNothing()
    {
        var one = TrainedCase.Random(NeuronModel.Qif, seed: 1, excites: true);

        TapeTests.AssertSame(one.Gradients(), Truncated(one, window: 8).Gradients());
    }

    // What a loss depends on in its own block and the one before can be had by beginning anew with that block.
    [Theory]
    [InlineData(1.0)]
    [InlineData(2.5)]
    public void ALossIsFollowedThroughItsBlockAndTheOneBefore(double window)
    {
        var one = TrainedCase.Random(NeuronModel.Lif, seed: 2, excites: false);
        var tau = one.Network.Tau;
        var run = one.Run();
        var (bySpike, byPhase, byPeriod) = one.Loss(run);
        var truncated = Backward.Run(Truncated(one, window).Run(), bySpike, byPhase, byPeriod);

        var expected = new double[truncated.Recurrent.Length];
        for (var block = 0; block * window * tau < one.Seconds; block++)
        {
            var (begin, end) = (one.Seconds - ((block + 1) * window * tau), one.Seconds - (block * window * tau));
            var ofBlock = bySpike.Select((by, spike) => run.Times[spike] >= begin && run.Times[spike] < end ? by : 0).ToArray();
            var from = Math.Max(0, begin - (window * tau));
            Add(expected, From(one, run, from, ofBlock, block == 0 ? byPhase : []));
        }

        Assert.All(expected.Zip(truncated.Recurrent), pair => Assert.Equal(pair.First, pair.Second, 1e-8 * expected.Max(Math.Abs)));
        Assert.NotEqual(one.Gradients().Recurrent, truncated.Recurrent);
    }

    private static TrainedCase Truncated(TrainedCase one, double window) => one with { Options = one.Options with { TruncationWindow = window } };

    private static double[] From(TrainedCase one, SpikingRun run, double from, double[] bySpike, double[] byPhase)
    {
        // The state at a moment is what a run up to it ends with.
        var before = Forward.Run(one.Network, one.Phases, Later(one.Input, 0, from), from, one.Options);
        var rest = Forward.Run(one.Network, before.FinalPhases, Later(one.Input, from, one.Seconds), one.Seconds - from, one.Options);
        Assert.Equal(run.Neurons.Skip(before.Neurons.Length), rest.Neurons);
        return Backward.Run(rest, bySpike.AsSpan(before.Neurons.Length), byPhase).Recurrent;
    }

    private static InputSpikes Later(InputSpikes input, double from, double to)
    {
        var spikes = input.Times.Zip(input.Inputs).Where(spike => spike.First >= from && (spike.First < to || from > 0)).ToList();
        return new InputSpikes([.. spikes.Select(spike => spike.First - from)], [.. spikes.Select(spike => spike.Second)]);
    }

    private static void Add(double[] sum, double[] more)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += more[i];
        }
    }
}
