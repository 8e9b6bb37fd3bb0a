using SparseProp.Engine.Adjoint;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Tests.Training;

/// <summary>Leaky networks in generations, in voltages, with no thought of time: the definition written out.</summary>
internal sealed class NaiveGenerations(TrainableNetwork network, double[] phases, InputSpikes input)
{
    private const double Instant = 1e-11;
    private const double Tolerance = 1.0 / (1L << 44);

    // In τ, far above the errors of rounding.
    private const double Perturbation = 1e-11;

    // Of V, from what is at the threshold, or where it was, but for rounding.
    private const double Tie = 1e-12;

    /// <summary>
    /// The spikes until <paramref name="seconds"/> about which errors of rounding leave no doubt, in their order, each with the error
    /// that its time may have: what becomes of small errors bounds those of all times, and must itself be smaller than the least time
    /// between what happened and what nearly did.
    /// </summary>
    public List<(int Neuron, double Seconds, double Error)> CertainSpikes(double seconds)
    {
        var reference = Run(seconds, seed: 0);
        var perturbed = Enumerable.Range(1, 3).Select(seed => Run(seconds, seed)).ToArray();
        List<(int Neuron, double Seconds, double Error)> certain = [];
        var error = Perturbation * network.Tau;
        foreach (var (neuron, time, margin) in reference)
        {
            var i = certain.Count;
            if (perturbed.Any(other => i >= other.Count || other[i].Neuron != neuron))
            {
                break;
            }

            error = perturbed.Max(other => Math.Max(error, 2 * Math.Abs(other[i].Seconds - time)));
            if (margin * network.Tau < 10 * error)
            {
                break;
            }

            certain.Add((neuron, time, error));
        }

        return certain;
    }

    // A margin is by how much (in τ, or in V at the threshold) the order of what happens up to a spike and by it was decided. A seed moves
    // every neuron's time to spike, forward or back, at the beginning and at every instant that changes it; equal phases alike, and all
    // neurons of an instant alike, so that those stay together that are.
    private List<(int Neuron, double Seconds, double Margin)> Run(double seconds, int seed)
    {
        var v = phases.Select((phase, i) => VoltageOf(i, ((1 - phase) * Math.Log(1 + (1 / network.Drive[i])))
            + (phase is 0 or 1 ? 0 : Error(seed, BitConverter.DoubleToUInt64Bits(phase))))).ToArray();
        List<(int Neuron, double Seconds, double Margin)> spikes = [];
        var (time, inputs, margin) = (0.0, 0, double.PositiveInfinity);
        for (var instants = 0UL; ; instants++)
        {
            var left = v.Select((_, i) => TimeToSpike(v, i)).ToArray();
            var untilInput = inputs < input.Times.Length ? Math.Max(0, (input.Times[inputs] / network.Tau) - time) : double.PositiveInfinity;
            var step = Math.Min(left.Min(), untilInput);
            if ((time + step) * network.Tau > seconds)
            {
                return spikes;
            }

            time += step;
            margin = untilInput > step ? Math.Min(margin, untilInput - step) : margin;
            for (var i = 0; i < v.Length; i++)
            {
                // Those of one instant are at the threshold together.
                var isDue = left[i] - step < Instant;
                margin = isDue ? margin : Math.Min(margin, left[i] - step);
                v[i] = isDue ? 0 : VoltageOf(i, left[i] - step);
            }

            var before = v.ToArray();
            HashSet<int> spiked = [];
            if (untilInput <= step)
            {
                var first = input.Times[inputs];
                List<int> sources = [];
                for (; inputs < input.Times.Length && input.Times[inputs] == first; inputs++)
                {
                    sources.Add(input.Inputs[inputs]);
                }

                margin = Math.Min(margin, Deliver(v, network.Input, sources, spiked));
            }

            while (Enumerable.Range(0, v.Length).Where(i => v[i] >= -Tolerance).ToList() is { Count: > 0 } generation)
            {
                var decided = margin;
                foreach (var neuron in generation)
                {
                    v[neuron] = -1;
                    spiked.Add(neuron);
                }

                margin = Math.Min(margin, Deliver(v, network.Recurrent, generation, spiked));
                spikes.AddRange(generation.Select(neuron => (neuron, time * network.Tau, decided)));
            }

            for (var i = 0; i < v.Length; i++)
            {
                // What begins anew does so without error, and so does what inputs of one instant cancel for.
                if (v[i] != -1 && Math.Abs(v[i] - before[i]) > Tie)
                {
                    v[i] = VoltageOf(i, Math.Max(TimeToSpike(v, i) + Error(seed, instants), double.Epsilon));
                }
            }
        }
    }

    private double TimeToSpike(double[] v, int i) => v[i] >= 0 ? 0 : Math.Log((network.Drive[i] - v[i]) / network.Drive[i]);

    private double VoltageOf(int i, double timeToSpike) => -network.Drive[i] * (Math.Exp(timeToSpike) - 1);

    private static double Error(int seed, ulong i) => seed == 0 ? 0 : (SplitMix64.Mix(SplitMix64.Mix((ulong)seed) + i) & 1) == 0 ? Perturbation : -Perturbation;

    /// <returns>How near to the threshold anybody came who is not at it.</returns>
    private static double Deliver(double[] v, Synapses synapses, List<int> sources, HashSet<int> spiked)
    {
        var margin = double.PositiveInfinity;
        foreach (var arrivals in sources
            .SelectMany(source => Enumerable.Range(synapses.RowStart[source], synapses.RowStart[source + 1] - synapses.RowStart[source]))
            .GroupBy(synapse => synapses.Targets[synapse], synapse => synapses.Weights[synapse]))
        {
            var after = v[arrivals.Key] += arrivals.Where(weight => !(weight > 0 && spiked.Contains(arrivals.Key))).Sum();
            margin = Math.Abs(after) <= Tie ? margin : Math.Min(margin, Math.Abs(after));
        }

        return margin;
    }
}
