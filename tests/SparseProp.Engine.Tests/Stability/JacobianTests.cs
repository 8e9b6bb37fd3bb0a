using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Random;
using SparseProp.Engine.Stability;

namespace SparseProp.Engine.Tests.Stability;

public sealed unsafe class JacobianTests
{
    private const double Step = 1e-7;

    public static TheoryData<NeuronModel, double> Networks { get; } =
        [.. from model in Enum.GetValues<NeuronModel>() from excitatory in new[] { 0.0, 0.2 } select (model, excitatory)];

    /// <summary>
    /// All initial phases are moved a little, and the difference of all times to spike at the end is what the product of all single-spike
    /// Jacobians says.
    /// </summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void TheProductOfJacobiansIsTheDerivativeOfTheWholeRun(NeuronModel model, double excitatory)
    {
        var p = new SimulationParameters
        {
            Model = model,
            N = 40,
            K = 8,
            Eta = 0.3,
            ExcitatoryFraction = excitatory,
            G = excitatory > 0 ? 5 : 1,
            Stop = RunLength.Seconds(1),
        };

        // Long enough for many spikes, short enough for the step not to be amplified beyond the linear.
        var end = model is NeuronModel.Eif or NeuronModel.EifChebyshev ? 0.08 : 0.15;
        var draws = new double[p.N];
        fixed (double* first = draws)
        {
            InitialDraws.Independent(p.SeedIc, first, p.N);
        }

        var middle = Run(p, draws, end);
        var above = Run(p, [.. draws.Select((draw, i) => draw + (Step * Math.Sin(i)))], end);
        var below = Run(p, [.. draws.Select((draw, i) => draw - (Step * Math.Sin(i)))], end);
        Assert.Equal(middle.Spikes.Neurons, above.Spikes.Neurons);
        Assert.Equal(middle.Spikes.Neurons, below.Spikes.Neurons);
        Assert.InRange(middle.Spikes.Neurons.Count, 10, 2000);

        // The slope of initial times over draws is that of the runs themselves at time 0.
        double[] x = [.. above.Initial.Zip(below.Initial, (a, b) => (a - b) / (2 * Step))];
        Linear(p, middle, x);

        var largest = x.Max(Math.Abs);
        Assert.InRange(largest, 1e-4, 1000);
        for (var i = 0; i < p.N; i++)
        {
            Assert.Equal((above.Final[i] - below.Final[i]) / (2 * Step), x[i], (2e-5 * largest) + 2e-10);
        }
    }

    private static void Linear(SimulationParameters p, RunResult run, double[] x)
    {
        fixed (double* initial = run.Initial)
        {
            switch (p.Model)
            {
                case NeuronModel.Lif or NeuronModel.LifLookup:
                    Linear(p, new ExponentialShadow<LifInput>(p, new LifInput(p)), initial);
                    break;
                case NeuronModel.Eif or NeuronModel.EifChebyshev:
                    Linear(p, new ExponentialShadow<EifInput>(p, new EifInput(p)), initial);
                    break;
                case NeuronModel.QifInhomogeneous:
                    Linear(p, new SpinShadow(p), initial);
                    break;
                default:
                    Linear(p, new DirectionShadow(p), initial);
                    break;
            }

            void Linear<TShadow>(SimulationParameters p, TShadow shadow, double* initial)
                where TShadow : struct, IShadowNeurons
            {
                var targets = EventLoops.Targets(p, new SimulationOptions());
                using var map = new TangentMap<TShadow>(shadow, targets, new TangentVectors(p.N, 1), p.ExcitatoryNeurons);
                x.CopyTo(map.Vectors.Components);
                map.Begin(0, initial);
                foreach (var instant in run.Spikes.Seconds.Zip(run.Spikes.Neurons).GroupBy(spike => spike.First, spike => spike.Second))
                {
                    if (map.TakesInstants)
                    {
                        map.AddInstant(instant.ToArray(), instant.Key);
                        continue;
                    }

                    foreach (var neuron in instant)
                    {
                        map.Add(new Spike(neuron, instant.Key));
                    }
                }

                map.Vectors.Components.CopyTo(x);
            }
        }
    }

    private static RunResult Run(SimulationParameters p, double[] draws, double end)
    {
        var buffer = new NativeBuffer<double>(p.N);
        draws.CopyTo(new Span<double>(buffer.Pointer, p.N));
        using var loop = EventLoops.Create(p, new SimulationOptions(), buffer);
        var (spikes, initial, final) = (new SpikeList(), new double[p.N], new double[p.N]);
        fixed (double* first = initial, last = final)
        {
            loop.ReadTimesToSpike(0, first);
            loop.Run(ref spikes, long.MaxValue, end, TestContext.Current.CancellationToken);
            loop.ReadTimesToSpike(end, last);
        }

        return new RunResult(spikes, initial, final);
    }

    private sealed record RunResult(SpikeList Spikes, double[] Initial, double[] Final);
}
