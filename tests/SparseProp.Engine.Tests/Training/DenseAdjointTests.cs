using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Tests.Training;

/// <summary>
/// The gradient of a leaky network with inhibition by another way: forwards, one dense tangent vector of all voltages for each weight, in
/// the textbook's form with V and the jump conditions at events.
/// </summary>
public sealed class DenseAdjointTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void TangentsOfVoltagesGiveTheSameGradient(int seed)
    {
        var one = TrainedCase.Random(NeuronModel.Lif, seed, excites: false, n: 10, k: 3, hasInput: false);
        one = one with { Phases = [.. one.Phases.Select(Math.Abs)] };
        var run = one.Run();
        var (bySpike, _, _) = one.Loss(run);

        var tangents = ByTangents(one.Network, one.Phases, run, bySpike);

        var gradient = Backward.Run(run, bySpike).Recurrent;
        var scale = gradient.Max(Math.Abs);
        Assert.True(scale > 0.1);
        Assert.All(gradient.Zip(tangents), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * scale));
    }

    private static double[] ByTangents(TrainableNetwork network, double[] phases, SpikingRun run, double[] bySpike)
    {
        var (n, synapses) = (network.Neurons, network.Recurrent);
        var gradient = new double[synapses.Weights.Length];

        // V at threshold is 0 and I − V falls as e^−t.
        var v = phases.Select((u, i) => network.Drive[i] - ((1 + network.Drive[i]) * Math.Exp(-u * Math.Log(1 + (1 / network.Drive[i]))))).ToArray();
        var tangents = new double[synapses.Weights.Length, n];
        var time = 0.0;
        for (var spike = 0; spike < run.Neurons.Length; spike++)
        {
            var (j, now) = (run.Neurons[spike], run.Times[spike] / network.Tau);
            var decay = Math.Exp(time - now);
            for (var i = 0; i < n; i++)
            {
                v[i] = network.Drive[i] - ((network.Drive[i] - v[i]) * decay);
            }

            Assert.Equal(0, v[j], 1e-9);
            var slope = network.Drive[j];
            var before = v.ToArray();
            v[j] = -1;
            for (var synapse = synapses.RowStart[j]; synapse < synapses.RowStart[j + 1]; synapse++)
            {
                v[synapses.Targets[synapse]] += synapses.Weights[synapse];
            }

            for (var weight = 0; weight < gradient.Length; weight++)
            {
                for (var i = 0; i < n; i++)
                {
                    tangents[weight, i] *= decay;
                }

                // The threshold fixes the time's derivative, and every voltage's velocity jumps there.
                var byTime = -tangents[weight, j] / slope;
                gradient[weight] += bySpike[spike] * network.Tau * byTime;
                for (var i = 0; i < n; i++)
                {
                    var (velocity, jumped) = (network.Drive[i] - before[i], network.Drive[i] - v[i]);
                    tangents[weight, i] = i == j ? -jumped * byTime : tangents[weight, i] + ((velocity - jumped) * byTime);
                }

                if (weight >= synapses.RowStart[j] && weight < synapses.RowStart[j + 1])
                {
                    tangents[weight, synapses.Targets[weight]] += 1;
                }
            }

            time = now;
        }

        return gradient;
    }
}
