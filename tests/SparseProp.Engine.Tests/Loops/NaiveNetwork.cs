using SparseProp.Engine.Models.Eif;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Loops;

/// <summary>
/// Networks by their definition, for small n: voltages in an array, and at every instant a look at every neuron. All at threshold
/// spike together, targets sum what reaches them, and those whom that brings to threshold are the next generation. Nothing here is
/// shared with the loops but initial draws, targets and, for exponential neurons, the curve.
/// </summary>
internal static unsafe class NaiveNetwork
{
    // In τ, far above the errors of rounding and, for exponential neurons, of the tables.
    private const double Rounding = 1e-11;
    private const double Tables = 1e-9;

    // Of V, from what is as good as at the threshold: sums of inputs that reach it but for rounding, not by chance.
    private const double Tie = 1e-12;

    // Relative, of a sum; what is compared adds up time once for each spike, or less often.
    private const double RoundingOfASum = 1.0 / (1L << 52);

    /// <param name="p">A network of <see cref="Topology.Independent"/>; no burn-in.</param>
    /// <param name="spikes">How many.</param>
    /// <param name="draws">Initial draws of the test's own; otherwise the network's.</param>
    public static SpikeList Run(SimulationParameters p, int spikes, double[]? draws = null) =>
        Simulate(p, draws ?? Draws(p), Rows(p), spikes, perturbation: 0).Spikes;

    /// <summary>
    /// Demands that <paramref name="found"/> are the first spikes of the network, for as long as errors leave no doubt about their
    /// order: what becomes of small errors of the initial condition and of inputs bounds the errors of all times, and must itself
    /// be smaller than the least time between what happened and what nearly did. Returns how many were compared.
    /// </summary>
    /// <param name="p">A network of <see cref="Topology.Independent"/>; no burn-in.</param>
    /// <param name="found">What a loop gives.</param>
    /// <param name="draws">Initial draws of the test's own; otherwise the network's.</param>
    public static int AssertSpikes(SimulationParameters p, SpikeList found, double[]? draws = null)
    {
        draws ??= Draws(p);
        var (rows, spikes) = (Rows(p), found.Neurons.Count);
        var perturbation = SimulationParameters.UsesDeltaV(p.Model) ? Tables : Rounding;
        var (reference, margins) = Simulate(p, draws, rows, spikes, perturbation: 0);
        var perturbed = Enumerable.Range(1, 3).Select(seed => Simulate(p, draws, rows, spikes, perturbation, seed).Spikes).ToArray();
        var neurons = p.Model is NeuronModel.Lif or NeuronModel.LifLookup ? found.Neurons : InOrderWithinInstants(found, reference);
        var allowed = perturbation * p.Tau;
        for (var i = 0; i < spikes; i++)
        {
            allowed = Math.Max(allowed, (i + 4) * RoundingOfASum * reference.Seconds[i]);
            allowed = perturbed.Max(other => Math.Max(allowed, 2 * Math.Abs(other.Seconds[i] - reference.Seconds[i])));
            if (margins[i] * p.Tau < 10 * allowed || perturbed.Any(other => other.Neurons[i] != reference.Neurons[i]))
            {
                return i;
            }

            Assert.Equal(reference.Neurons[i], neurons[i]);
            Assert.Equal(reference.Seconds[i], found.Seconds[i], allowed);
        }

        return spikes;
    }

    // Neurons that spike at infinity can come so near to each other that they are one in V; in whose order they then spike is
    // decided by rounding, and has no effect on any.
    private static List<int> InOrderWithinInstants(SpikeList found, SpikeList reference)
    {
        var neurons = found.Neurons.ToList();
        for (var (begin, end) = (0, 1); end <= neurons.Count; end++)
        {
            if (end == neurons.Count || reference.Seconds[end] != reference.Seconds[begin])
            {
                neurons.Sort(begin, end - begin, null);
                begin = end;
            }
        }

        return neurons;
    }

    private static double[] Draws(SimulationParameters p)
    {
        var draws = new double[p.N];
        fixed (double* pointer = draws)
        {
            InitialDraws.Independent(p.SeedIc, pointer, p.N);
        }

        return draws;
    }

    private static int[][] Rows(SimulationParameters p)
    {
        using var targets = new IndependentTargets(p.N, p.K, p.SeedNet);
        var rows = new int[p.N][];
        for (var j = 0; j < p.N; j++)
        {
            rows[j] = new int[p.K];
            fixed (int* row = rows[j])
            {
                targets.Draw(j, row);
            }
        }

        return rows;
    }

    // A margin is by how much (in τ, or in V at the threshold) the order of what happens up to a spike and by it was decided. The
    // perturbation moves every neuron's time to spike, forward or back, at the beginning and at every instant that changes it;
    // equal draws alike, and all neurons of an instant alike, so that those stay together that are.
    private static (SpikeList Spikes, List<double> Margins) Simulate(
        SimulationParameters p, double[] draws, int[][] rows, int spikes, double perturbation, int seed = 0)
    {
        var (j0, n) = (Math.Abs(p.J0), p.N);
        var excitation = j0 / Math.Sqrt(p.K);
        var inhibition = p.G * excitation;
        var excitatory = p.J0 < 0 ? n : (int)Math.Floor((p.ExcitatoryFraction * n) + 0.5);
        var neurons = Enumerable.Range(0, n).Select(i => Neuron(p, i)).ToArray();
        var threshold = neurons[0].Threshold;
        var tolerance = double.IsFinite(threshold) ? (threshold - neurons[0].Reset) * Math.ScaleB(1, -44) : 0;
        var instant = double.IsFinite(threshold) ? 1e-11 : 0;
        var v = new double[n];
        for (var i = 0; i < n; i++)
        {
            var share = p.Model == NeuronModel.Qif ? draws[i] : 1 - draws[i];
            var time = (share * neurons[i].TimeToSpike(neurons[i].Reset)) + Signed(perturbation, seed, BitConverter.DoubleToUInt64Bits(draws[i]));
            v[i] = time > 0 ? neurons[i].Voltage(time) : threshold;
        }

        var (list, margins, margin, now) = (new SpikeList(), new List<double>(), double.PositiveInfinity, 0.0);
        while (list.Neurons.Count < spikes)
        {
            var times = v.Select((voltage, i) => voltage < threshold ? neurons[i].TimeToSpike(voltage) : 0).ToArray();
            var wait = times.Min();
            now += wait;
            for (var i = 0; i < n; i++)
            {
                var isDue = times[i] <= wait + instant;
                v[i] = isDue ? threshold : neurons[i].Voltage(times[i] - wait);
                margin = isDue ? margin : Math.Min(margin, times[i] - wait);
            }

            var (spiked, before) = (new bool[n], v.ToArray());
            var error = Signed(perturbation, seed, (ulong)margins.Count);
            for (var generation = AtThreshold(); generation.Length > 0; generation = AtThreshold())
            {
                var (excited, inhibited) = (new int[n], new int[n]);
                foreach (var j in generation)
                {
                    (spiked[j], v[j]) = (true, neurons[j].Reset);
                    foreach (var i in rows[j])
                    {
                        (j < excitatory ? excited : inhibited)[i]++;
                    }
                }

                for (var i = 0; i < n; i++)
                {
                    var after = v[i] - (inhibited[i] * inhibition) + (spiked[i] ? 0 : excited[i] * excitation);
                    if (after == v[i])
                    {
                        continue;
                    }

                    var left = after < threshold ? neurons[i].TimeToSpike(after) : 0;
                    if (after >= threshold - tolerance || left <= instant)
                    {
                        v[i] = threshold;
                        margin = Math.Abs(after - threshold) <= Tie ? margin : Math.Min(margin, after - threshold);
                    }
                    else
                    {
                        margin = Math.Min(margin, left);
                        v[i] = after;
                    }
                }

                foreach (var j in generation.Take(spikes - list.Neurons.Count))
                {
                    list.Add(j, now * p.Tau);
                    margins.Add(margin);
                }
            }

            for (var i = 0; i < n && error != 0; i++)
            {
                // What begins anew does so without error, and so does what inputs of one instant cancel for.
                if (v[i] != neurons[i].Reset && Math.Abs(v[i] - before[i]) > Tie)
                {
                    v[i] = neurons[i].Voltage(Math.Max(neurons[i].TimeToSpike(v[i]) + error, double.Epsilon));
                }
            }
        }

        return (list, margins);

        int[] AtThreshold() => [.. Enumerable.Range(0, n).Where(i => v[i] >= threshold)];
    }

    private static double Signed(double value, int seed, ulong i) =>
        (SplitMix64.Mix(SplitMix64.Mix((ulong)seed) + i) & 1) == 0 ? value : -value;

    private static INeuron Neuron(SimulationParameters p, int i)
    {
        var drive = p.Tau * Math.Sqrt(p.K) * Math.Abs(p.J0) * p.Rate;
        return p.Model switch
        {
            NeuronModel.Lif or NeuronModel.LifLookup => new Leaky(drive),
            NeuronModel.Qif or NeuronModel.QifTime => new Quadratic(drive),
            NeuronModel.QifInhomogeneous => new Quadratic(drive * (1 + (p.Eta * Math.Sin(2.0 * (i + 1) / p.N)))),
            _ => new Exponential(p),
        };
    }

    private interface INeuron
    {
        double Threshold { get; }

        double Reset { get; }

        double TimeToSpike(double voltage);

        double Voltage(double timeToSpike);
    }

    // V − I grows like e^−t.
    private sealed class Leaky(double drive) : INeuron
    {
        public double Threshold => 0;

        public double Reset => -1;

        public double TimeToSpike(double voltage) => Math.Log(1 - (voltage / drive));

        public double Voltage(double timeToSpike) => -2 * drive * Math.Exp(timeToSpike / 2) * Math.Sinh(timeToSpike / 2);
    }

    // V = √I cot(√I·(time to spike)).
    private sealed class Quadratic(double drive) : INeuron
    {
        private readonly double _root = Math.Sqrt(drive);

        public double Threshold => double.PositiveInfinity;

        public double Reset => double.NegativeInfinity;

        public double TimeToSpike(double voltage) => Math.Atan2(_root, voltage) / _root;

        public double Voltage(double timeToSpike) => _root / Math.Tan(_root * timeToSpike);
    }

    private sealed class Exponential(SimulationParameters p) : INeuron
    {
        private readonly EifCurve _curve = new(p);

        public double Threshold => double.PositiveInfinity;

        public double Reset => -1;

        public double TimeToSpike(double voltage) => _curve.TimeToSpike(voltage / p.DeltaV);

        public double Voltage(double timeToSpike) => p.DeltaV * _curve.Voltage(timeToSpike);
    }
}
