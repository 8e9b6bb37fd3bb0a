using SparseProp.Engine.Memory;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Loops;

/// <summary>
/// The published quadratic integrate-and-fire networks word by word, for small n: every spike looks at every neuron, and an
/// input is 2 atan(tan(φ/2) + c).
/// </summary>
internal static unsafe class QifReference
{
    /// <param name="p">Stops after a number of spikes; no burn-in.</param>
    /// <param name="perturbation">Added to or subtracted from every initial phase (or time) and again at every input.</param>
    public static SpikeList Spikes(SimulationParameters p, double perturbation = 0)
    {
        var byTime = p.Model != NeuronModel.Qif;
        using var draws = Draws(p, byTime);
        using var targets = Targets(p, byTime);
        return byTime
            ? ByTime(p, new ReadOnlySpan<double>(draws.Pointer, p.N), targets, perturbation)
            : ByPhase(p, new ReadOnlySpan<double>(draws.Pointer, p.N), targets, perturbation);
    }

    private static SpikeList ByPhase(SimulationParameters p, ReadOnlySpan<double> draws, TargetRows targets, double perturbation)
    {
        var iext = p.Tau * Math.Sqrt(p.K) * p.J0 * p.Rate;
        var w = 2 * Math.Sqrt(iext);
        var c = -p.J0 / Math.Sqrt(p.K) * 2 / w;
        var phases = new double[p.N];
        for (var i = 0; i < p.N; i++)
        {
            phases[i] = (2 * Math.PI * (0.5 - draws[i])) + (i % 2 == 0 ? perturbation : -perturbation);
        }

        var spikes = new SpikeList();
        var shift = 0.0;
        for (var s = p.Stop.SpikeLimit(p.N); s > 0; s--)
        {
            var j = Array.IndexOf(phases, phases.Max());
            shift += Math.PI - phases[j] - shift;
            var row = targets.Row(j);
            for (var i = 0; i < p.K; i++)
            {
                phases[row[i]] = (2 * Math.Atan(Math.Tan((phases[row[i]] + shift) / 2) + c)) - shift;
                phases[row[i]] += (row[i] + s) % 2 == 0 ? perturbation : -perturbation;
            }

            phases[j] = -Math.PI - shift;
            spikes.Add(j, shift * p.Tau / w);
        }

        return spikes;
    }

    // η = 0 leaves the numbers of the homogeneous script.
    private static SpikeList ByTime(SimulationParameters p, ReadOnlySpan<double> draws, TargetRows targets, double perturbation)
    {
        var (w, c, times) = (new double[p.N], new double[p.N], new double[p.N]);
        var eta = SimulationParameters.UsesEta(p.Model) ? p.Eta : 0;
        for (var i = 0; i < p.N; i++)
        {
            var iext = p.Tau * Math.Sqrt(p.K) * p.J0 * p.Rate * (1.0 + (eta * Math.Sin((2.0 / p.N) + (i * (2.0 / p.N)))));
            w[i] = 2 * Math.Sqrt(iext);
            c[i] = -p.J0 / Math.Sqrt(p.K) * 2 / w[i];
            times[i] = (2 * Math.PI * (1 - draws[i]) / w[i]) + (i % 2 == 0 ? perturbation : -perturbation);
        }

        var spikes = new SpikeList();
        for (var s = p.Stop.SpikeLimit(p.N); s > 0; s--)
        {
            var now = times.Min();
            var j = Array.IndexOf(times, now);
            var row = targets.Row(j);
            for (var i = 0; i < p.K; i++)
            {
                var target = row[i];
                var phase = (-(times[target] - now) * w[target]) + Math.PI;
                phase = 2 * Math.Atan(Math.Tan(phase / 2) + c[target]);
                times[target] = ((Math.PI - phase) / w[target]) + now;
                times[target] += (target + s) % 2 == 0 ? perturbation : -perturbation;
            }

            times[j] = now + (2 * Math.PI / w[j]);
            spikes.Add(j, now * p.Tau);
        }

        return spikes;
    }

    private static NativeBuffer<double> Draws(SimulationParameters p, bool byTime)
    {
        var draws = new NativeBuffer<double>(p.N);
        if (p.Topology == Topology.Independent)
        {
            InitialDraws.Independent(p.SeedIc, draws.Pointer, p.N);
        }
        else if (byTime)
        {
            InitialDraws.Published<StarScrambler>(p.SeedIc, draws.Pointer, p.N);
        }
        else
        {
            InitialDraws.Published<PlusScrambler>(p.SeedIc, draws.Pointer, p.N);
        }

        return draws;
    }

    private static TargetRows Targets(SimulationParameters p, bool byTime)
    {
        ITargetSource source = (p.Topology, byTime) switch
        {
            (Topology.Independent, _) => new IndependentTargets(p.N, p.K, p.SeedNet),
            (_, true) => new PublishedTargets<StarScrambler>(p.N, p.K, p.SeedNet, replace: true),
            _ => new PublishedTargets<PlusScrambler>(p.N, p.K, p.SeedNet, replace: false),
        };
        return new TargetRows(source, p.N, p.K, budgetBytes: 0);
    }
}
