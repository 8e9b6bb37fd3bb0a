using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Training;

/// <summary>
/// Cross-entropy of a choice by first spikes: the class whose neuron spikes first is chosen, and class c has the probability
/// e^(−t_c/s) / Σ e^(−t_i/s), with the time t_c of its neuron's first spike (Mostafa 2018; Göltz et al. 2021). ln of the number of
/// classes is guessing.
/// </summary>
internal static class FirstSpikeLoss
{
    /// <param name="trains">The spikes.</param>
    /// <param name="outputs">The neuron of each class.</param>
    /// <param name="right">The right class.</param>
    /// <param name="scale">s in seconds: spikes that are so far apart are told apart.</param>
    public static Judgement Of(SpikeTrains trains, ReadOnlySpan<int> outputs, int right, double scale)
    {
        var times = new double[outputs.Length];
        for (var c = 0; c < outputs.Length; c++)
        {
            times[c] = trains.TimeOf(outputs[c], 0);
        }

        var first = times.Min();
        var weights = times.Select(time => ElementaryFunctions.Exp(Math.Max(-(time - first) / scale, MostNegative))).ToArray();
        var sum = weights.Sum();
        var loss = ((times[right] - first) / scale) + ElementaryFunctions.Log(sum);
        for (var c = 0; c < outputs.Length; c++)
        {
            var probability = weights[c] / sum;
            trains.AddGradient(outputs[c], 0, ((c == right ? 1 : 0) - probability) / scale);
        }

        var isRight = times[right] == first && times.Count(time => time == first) == 1;
        return new Judgement(loss, isRight, trains);
    }

    // e to this is nothing beside 1, and still a normal number.
    private const double MostNegative = -700;
}
