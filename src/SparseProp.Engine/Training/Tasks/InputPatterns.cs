using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Training.Tasks;

/// <summary>Spikes from outside.</summary>
internal static class InputPatterns
{
    /// <summary>Each input spikes once, at a time that is uniform over the trial.</summary>
    public static InputSpikes OneSpikeEach(int inputs, double seconds, Draws draws)
    {
        var times = new double[inputs];
        for (var i = 0; i < inputs; i++)
        {
            times[i] = draws.Uniform(0, seconds);
        }

        return Sorted(times);
    }

    /// <summary>Input i spikes at <paramref name="times"/>[i].</summary>
    public static InputSpikes Sorted(double[] times)
    {
        var inputs = Enumerable.Range(0, times.Length).ToArray();
        var sorted = times.ToArray();
        Array.Sort(sorted, inputs);
        return new InputSpikes(sorted, inputs);
    }

    /// <summary>Every spike moved by a normal deviate, but not before the begin of the trial.</summary>
    public static InputSpikes Jittered(InputSpikes spikes, double deviation, Draws draws)
    {
        if (deviation == 0)
        {
            return spikes;
        }

        // By input, so that a deviate belongs to the input whatever the order in time.
        var inputs = spikes.Inputs.ToArray();
        var times = spikes.Times.ToArray();
        Array.Sort(inputs, times);
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = Math.Max(0, times[i] + (deviation * draws.Normal()));
        }

        Array.Sort(times, inputs);
        return new InputSpikes(times, inputs);
    }
}
