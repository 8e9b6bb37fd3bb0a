using SparseProp.Engine.Adjoint.Tapes;

namespace SparseProp.Engine.Adjoint;

/// <summary>
/// Exact gradients of functions of a run's spike times: its events in reverse order, without a queue, each for the cost of the synapses
/// that its spike went through.
/// </summary>
public static class Backward
{
    /// <inheritdoc cref="Accumulate"/>
    /// <returns>The derivatives of the loss.</returns>
    public static Gradients Run(
        SpikingRun run,
        ReadOnlySpan<double> lossBySpikeTime,
        ReadOnlySpan<double> lossByFinalPhase = default,
        ReadOnlySpan<double> lossByPeriod = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var gradients = Gradients.ZerosFor(run.Network);
        Accumulate(run, lossBySpikeTime, lossByFinalPhase, lossByPeriod, gradients);
        return gradients;
    }

    /// <summary>Adds the derivatives of a loss by all of a network's parameters to those of others.</summary>
    /// <param name="run">What the loss is a function of. May be followed back more than once, by one thread at a time.</param>
    /// <param name="lossBySpikeTime">The loss's derivative by the time of each spike, per s; empty for zeros.</param>
    /// <param name="lossByFinalPhase">Its derivative by each neuron's final phase; empty for zeros. With the number of spikes,
    /// the phase makes a count that does not jump.</param>
    /// <param name="lossByPeriod">Its own derivative by each neuron's <see cref="SpikingRun.PeriodOf"/>, per s; empty for zeros.</param>
    /// <param name="gradients">What to add to; of the network's form.</param>
    /// <exception cref="ArgumentException">Lengths do not match.</exception>
    public static void Accumulate(
        SpikingRun run,
        ReadOnlySpan<double> lossBySpikeTime,
        ReadOnlySpan<double> lossByFinalPhase,
        ReadOnlySpan<double> lossByPeriod,
        Gradients gradients)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(gradients);
        gradients.RequireFormOf(run.Network);
        CheckLength(lossBySpikeTime, run.Neurons.Length, nameof(lossBySpikeTime), "spike of the run");
        CheckLength(lossByFinalPhase, run.Network.Neurons, nameof(lossByFinalPhase), "neuron");
        CheckLength(lossByPeriod, run.Network.Neurons, nameof(lossByPeriod), "neuron");
        var adjoint = BeginOf(run, lossBySpikeTime);
        AddEnd(run, lossByFinalPhase, lossByPeriod, adjoint, gradients);
        var scratch = new TapeSegment();
        for (var i = run.Record.Segments.Count - 1; i >= 0; i--)
        {
            var segment = run.Record.Segments[i];
            if (segment.Tape is null)
            {
                scratch.Clear();
                run.Loop.Restore(segment.Begin!);
                run.Loop.Repeat(scratch, segment.Events);
            }

            run.Loop.Follow(segment.Tape ?? scratch, adjoint, gradients);
        }

        run.Loop.Rest();
        AddBegin(run, adjoint, gradients);
    }

    private static AdjointState BeginOf(SpikingRun run, ReadOnlySpan<double> lossBySpikeTime)
    {
        var bySpike = new double[run.Neurons.Length];
        for (var spike = 0; spike < lossBySpikeTime.Length; spike++)
        {
            bySpike[spike] = lossBySpikeTime[spike] * run.Network.Tau;
        }

        var window = run.Options.TruncationWindow;
        return new AdjointState(run.Network.Neurons, isTruncated: window is not null)
        {
            BlockBegin = window is { } length ? run.Length - length : double.NegativeInfinity,
            Spikes = run.Neurons.Length,
            InputSpikes = run.InputSpikesSeen,
            LossBySpike = bySpike,
            SpikeTimes = run.Record.Times,
        };
    }

    // u = 1 − θ/P with θ = T − end.
    private static void AddEnd(
        SpikingRun run, ReadOnlySpan<double> lossByFinalPhase, ReadOnlySpan<double> lossByPeriod, AdjointState adjoint, Gradients gradients)
    {
        for (var neuron = 0; neuron < lossByFinalPhase.Length; neuron++)
        {
            var (loss, period) = (lossByFinalPhase[neuron], run.Loop.Period(neuron));
            if (loss != 0)
            {
                adjoint.Inject(neuron, -loss / period);
                gradients.Drive[neuron] += loss * (1 - run.FinalPhases[neuron]) / period * run.Loop.PeriodByDrive(neuron);
            }
        }

        for (var neuron = 0; neuron < lossByPeriod.Length; neuron++)
        {
            gradients.Drive[neuron] += lossByPeriod[neuron] * run.Network.Tau * run.Loop.PeriodByDrive(neuron);
        }
    }

    // T = (1 − u)·P at the begin.
    private static void AddBegin(SpikingRun run, AdjointState adjoint, Gradients gradients)
    {
        while (adjoint.BlockBegin > 0)
        {
            adjoint.LeaveBlock(run.Options.TruncationWindow!.Value);
        }

        for (var neuron = 0; neuron < run.Network.Neurons; neuron++)
        {
            var lambda = adjoint.Total[neuron];
            gradients.InitialPhases[neuron] -= lambda * run.Loop.Period(neuron);
            gradients.Drive[neuron] += lambda * (1 - run.InitialPhases[neuron]) * run.Loop.PeriodByDrive(neuron);
        }
    }

    private static void CheckLength(ReadOnlySpan<double> values, int length, string name, string what)
    {
        if (values.Length != 0 && values.Length != length)
        {
            throw new ArgumentException($"{values.Length} derivatives, but there is one for each {what}, {length} in all, or none.", name);
        }
    }
}
