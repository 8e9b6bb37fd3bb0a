using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Tests.Training;

/// <summary>Gradients against central differences of two runs with the same order of spikes, extrapolated to no step.</summary>
public sealed class FiniteDifferenceTests
{
    private const double Tolerance = 1e-6;

    public static TheoryData<NeuronModel, bool, EventLoop> Cases
    {
        get
        {
            TheoryData<NeuronModel, bool, EventLoop> cases = [];
            foreach (var model in (NeuronModel[])[NeuronModel.Lif, NeuronModel.Qif, NeuronModel.Eif])
            {
                foreach (var excites in (bool[])[false, true])
                {
                    cases.Add(model, excites, EventLoop.Window);
                    cases.Add(model, excites, EventLoop.Heap);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void GradientsAreWhatDifferencesTendTo(NeuronModel model, bool excites, EventLoop loop)
    {
        // Exponential neurons take ten times as long as the others.
        var (seeds, length) = model == NeuronModel.Eif ? ((int[])[1], 4) : ([1, 2, 3], 6);
        foreach (var seed in seeds)
        {
            var one = TrainedCase.Random(model, seed, excites, loop, length: length);
            CheckAll(one);
        }
    }

    internal static void CheckAll(TrainedCase one)
    {
        var gradients = one.Gradients();
        var n = one.Network;
        Check(one, gradients.Recurrent, n.Recurrent.Weights, weights => one with { Network = n with { Recurrent = n.Recurrent with { Weights = weights } } });
        Check(one, gradients.Input, n.Input.Weights, weights => one with { Network = n with { Input = n.Input with { Weights = weights } } });
        Check(one, gradients.Drive, n.Drive, drive => one with { Network = n with { Drive = drive } });
        Check(one, gradients.InitialPhases, one.Phases, phases => one with { Phases = phases });
    }

    private static void Check(TrainedCase one, double[] gradient, double[] values, Func<double[], TrainedCase> with)
    {
        // Small derivatives are measured against the gradient they are a part of.
        var scale = Math.Max(1e-3, gradient.Max(Math.Abs));
        var run = one.Run();
        var loss = one.Loss(run);
        var compared = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (Difference(one, run, loss, step => with([.. values[..i], values[i] + step, .. values[(i + 1)..]])) is { } difference)
            {
                Assert.InRange((gradient[i] - difference) / Math.Max(Math.Abs(gradient[i]), 0.01 * scale), -Tolerance, Tolerance);
                compared++;
            }
        }

        Assert.InRange(compared, 0.6 * values.Length, values.Length);
    }

    // Richardson's extrapolation of central differences; null where a spike changes its place within the step.
    private static double? Difference(
        TrainedCase one, SpikingRun run, (double[] BySpike, double[] ByPhase, double[] ByPeriod) loss, Func<double, TrainedCase> at)
    {
        double? Central(double step)
        {
            var (low, high) = (at(-step).Run(), at(step).Run());
            return low.Neurons.SequenceEqual(run.Neurons) && high.Neurons.SequenceEqual(run.Neurons)
                ? (one.LossOf(high, loss) - one.LossOf(low, loss)) / (2 * step)
                : null;
        }

        const double Step = 1e-5;
        if (Central(4 * Step) is not { } wide || Central(2 * Step) is not { } middle || Central(Step) is not { } narrow)
        {
            return null;
        }

        var (first, second) = (middle + ((middle - wide) / 3), narrow + ((narrow - middle) / 3));
        return second + ((second - first) / 15);
    }
}
