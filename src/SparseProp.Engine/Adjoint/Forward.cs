using SparseProp.Engine.Adjoint.Tapes;

namespace SparseProp.Engine.Adjoint;

/// <summary>Runs trainable networks, recorded for <see cref="Backward"/>.</summary>
public static class Forward
{
    // So large that going from one part to the next costs nothing, so small that a part stays in the cache.
    private const long SegmentBytes = 2 << 20;

    /// <summary>Runs a network, exactly, event by event.</summary>
    /// <param name="network">The network.</param>
    /// <param name="initialPhases">Each neuron's phase, at most 1: 0 at reset, 1 at threshold, as in <see cref="SpikingRun.FinalPhases"/>.</param>
    /// <param name="input">Spikes from outside.</param>
    /// <param name="seconds">Length of the run in s.</param>
    /// <param name="options">How it is recorded.</param>
    /// <exception cref="ArgumentException">Something cannot be run; the message says all that is wrong.</exception>
    /// <exception cref="RunawayException">There is no end of spikes.</exception>
    public static SpikingRun Run(
        TrainableNetwork network, double[] initialPhases, InputSpikes input, double seconds, TapeOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(initialPhases);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        List<string> errors = [.. network.Errors(), .. input.Errors(network.Inputs), .. options.Errors()];

        // A quadratic neuron at reset is at V = −∞, and nothing is before that.
        var least = network.Model == NeuronModel.Qif ? 0 : double.MinValue;
        if (initialPhases.Length != network.Neurons || !initialPhases.All(phase => phase <= 1 && phase >= least))
        {
            errors.Add($"every one of the {network.Neurons} neurons has an initial phase, {(least == 0 ? "from 0 to" : "at most")} 1");
        }

        if (!(seconds >= 0 && double.IsFinite(seconds)))
        {
            errors.Add("a run takes 0 seconds or more");
        }

        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", errors));
        }

        double[] inputTimes = [.. input.Times.Where(time => time <= seconds).Select(time => time / network.Tau)];
        var run = new RunOfNetwork(network, initialPhases, input, inputTimes, seconds / network.Tau, options);
        var loop = run.CreateLoop();
        try
        {
            return new SpikingRun(run, loop, Record(loop, network.Neurons, options.BudgetBytes));
        }
        finally
        {
            loop.Rest();
        }
    }

    private static RecordedRun Record(ITrainedLoop loop, int neurons, long? budget)
    {
        // Of a bounded record a snapshot is to cost less than what it saves.
        var least = budget is null ? SegmentBytes : Math.Max(Math.Min(SegmentBytes, budget.Value / 4), 2L * sizeof(double) * neurons);
        var record = new RecordedSegments(budget ?? long.MaxValue);
        bool goesOn;
        do
        {
            var begin = budget is null ? null : loop.Save();
            var tape = new TapeSegment();
            goesOn = loop.Record(tape, (int)Math.Clamp(least / sizeof(double), 1, Array.MaxLength / 4));
            record.Add(begin, tape);
        }
        while (goesOn);

        return new RecordedRun(loop.SpikingNeurons, loop.SpikeTimes, record.All, record.Bytes, loop.CountDiscontinuities());
    }
}
