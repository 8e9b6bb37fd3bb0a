using SparseProp.Engine.Adjoint.Tapes;

namespace SparseProp.Engine.Adjoint;

/// <summary>What a network did from given phases and with given input, and the record of it that <see cref="Backward"/> follows back.</summary>
public sealed class SpikingRun
{
    private readonly RunOfNetwork _run;

    internal SpikingRun(RunOfNetwork run, ITrainedLoop loop, RecordedRun record)
    {
        (_run, Loop, Record) = (run, loop, record);
        Times = [.. record.Times.Select(time => time * Network.Tau)];
        FinalPhases = [.. Enumerable.Range(0, Network.Neurons).Select(neuron => 1 - (loop.TimeLeftAtEnd(neuron) / loop.Period(neuron)))];
    }

    public TrainableNetwork Network => _run.Network;

    /// <summary>The neuron of each spike, in the order of the spikes.</summary>
    public int[] Neurons => Record.Neurons;

    /// <summary>The time of each spike in s.</summary>
    public double[] Times { get; }

    /// <summary>
    /// Each neuron's phase at the end: 0 at reset, 1 at threshold, negative where input has put it back behind its reset. A neuron without
    /// further input spikes (1 − phase) periods later.
    /// </summary>
    public double[] FinalPhases { get; }

    /// <summary>Where the gradient says less than all.</summary>
    public Discontinuities Discontinuities => Record.Discontinuities;

    /// <summary>What the record takes: notes of synaptic events, and snapshots.</summary>
    public long TapeBytes => Record.Bytes;

    /// <summary>Whether a part of the record has to be made again for the backward pass.</summary>
    public bool IsRecomputed => Record.Segments.Exists(segment => segment.Tape is null);

    /// <summary>Time from reset to threshold without input, in s.</summary>
    public double PeriodOf(int neuron) => Loop.Period(neuron) * Network.Tau;

    internal double[] InitialPhases => _run.InitialPhases;

    internal TapeOptions Options => _run.Options;

    /// <summary>Length in τ.</summary>
    internal double Length => _run.Length;

    internal int InputSpikesSeen => _run.InputTimes.Length;

    internal ITrainedLoop Loop { get; }

    internal RecordedRun Record { get; }
}
