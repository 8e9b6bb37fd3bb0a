using SparseProp.Engine.Networks;

namespace SparseProp.Engine.Tests.Loops;

/// <summary>
/// Networks of leaky neurons with one target each, by their definition and in 28 digits: what rounding parts in a loop, or brings together,
/// it does not here. In U = e^(time to spike), as a multiple of that of the present instant.
/// </summary>
internal static unsafe class DecimalNetwork
{
    // In τ, and in V as a share of the way from the reset to the threshold.
    private const decimal Length = 1e-11m;
    private const decimal Tolerance = 1m / (1L << 44);

    /// <summary>The neurons of the first spikes, and how far from the instants' length the nearest decision was, as a factor.</summary>
    /// <param name="p">A network of <see cref="Topology.Independent"/> with k = 1 and a drive; parameters of few digits.</param>
    /// <param name="draws">Initial draws of few digits.</param>
    /// <param name="spikes">How many.</param>
    public static (List<int> Neurons, decimal Margin) Run(SimulationParameters p, double[] draws, int spikes)
    {
        var excitation = 1 / ((decimal)p.Rate * (decimal)p.Tau);
        var inhibition = (decimal)p.G * excitation;
        var drive = (decimal)p.Tau * (decimal)p.J0 * (decimal)p.Rate;
        var reset = 1 + (1 / drive);
        var length = Math.Max(Length, Tolerance / drive);
        var targets = Targets(p);
        decimal[] u = [.. draws.Select(draw => Exp((1 - (decimal)draw) * Log(reset)))];
        var (neurons, margin) = (new List<int>(), decimal.MaxValue);
        while (neurons.Count < spikes)
        {
            var now = u.Min();
            u = [.. u.Select(value => value / now)];
            var spiked = new bool[p.N];
            for (var due = Due(_ => true); due.Length > 0;)
            {
                neurons.AddRange(due);
                foreach (var neuron in due)
                {
                    (spiked[neuron], u[neuron]) = (true, reset);
                }

                foreach (var neuron in due.Where(neuron => neuron >= p.ExcitatoryNeurons))
                {
                    u[targets[neuron]] += inhibition;
                }

                var excited = due.Where(neuron => neuron < p.ExcitatoryNeurons).Select(neuron => targets[neuron]).Where(target => !spiked[target]).ToList();
                excited.ForEach(target => u[target] -= excitation);
                due = Due(excited.Contains);
            }

            int[] Due(Func<int, bool> isMeant)
            {
                var meant = Enumerable.Range(0, p.N).Where(neuron => !spiked[neuron] && isMeant(neuron)).ToArray();
                foreach (var later in meant.Select(neuron => u[neuron] - 1).Where(later => later > 0))
                {
                    margin = Math.Min(margin, Math.Max(later / length, length / later));
                }

                return [.. meant.Where(neuron => u[neuron] - 1 < length)];
            }
        }

        return (neurons[..spikes], margin);
    }

    private static int[] Targets(SimulationParameters p)
    {
        using var drawn = new IndependentTargets(p.N, 1, p.SeedNet);
        var targets = new int[p.N];
        for (var neuron = 0; neuron < p.N; neuron++)
        {
            fixed (int* target = &targets[neuron])
            {
                drawn.Draw(neuron, target);
            }
        }

        return targets;
    }

    private static decimal Exp(decimal x)
    {
        // Of a small argument the series is short; squared as often as that was halved.
        const int halvings = 10;
        var (small, sum, term) = (x / (1 << halvings), 1m, 1m);
        for (var i = 1; i < 20; i++)
        {
            sum += term *= small / i;
        }

        for (var i = 0; i < halvings; i++)
        {
            sum *= sum;
        }

        return sum;
    }

    private static decimal Log(decimal x)
    {
        var y = (decimal)Math.Log((double)x);
        for (var i = 0; i < 3; i++)
        {
            y += 2 * (x - Exp(y)) / (x + Exp(y));
        }

        return y;
    }
}
