using SparseProp.Engine.Adjoint.Tapes;

namespace SparseProp.Engine.Adjoint;

/// <summary>The event loop of one run, forwards and backwards, whatever its neurons and its queue are.</summary>
internal interface ITrainedLoop
{
    /// <summary>The neuron of each spike so far.</summary>
    int[] SpikingNeurons { get; }

    /// <summary>The time in τ of each spike so far.</summary>
    double[] SpikeTimes { get; }

    /// <summary>A copy of the present state.</summary>
    NetworkState Save();

    void Restore(NetworkState state);

    /// <summary>Records events from here on, until there are so many notes and the moment is over.</summary>
    /// <returns>False where the run is over.</returns>
    /// <exception cref="RunawayException">There is no end of spikes.</exception>
    bool Record(TapeSegment tape, int notes);

    /// <summary>Records exactly so many events that were recorded before.</summary>
    void Repeat(TapeSegment tape, int events);

    /// <summary>What was near to a jump in all of the run, which is over.</summary>
    Discontinuities CountDiscontinuities();

    /// <summary>Frees what only running needs, until the next <see cref="Restore"/>.</summary>
    void Rest();

    /// <summary>Follows a segment's events back.</summary>
    void Follow(TapeSegment tape, AdjointState adjoint, Gradients gradients);

    /// <summary>Time in τ that a neuron has left at the end of the run, which is over.</summary>
    double TimeLeftAtEnd(int neuron);

    /// <summary>Time in τ from reset to threshold without input.</summary>
    double Period(int neuron);

    /// <summary>Derivative of <see cref="Period"/> by the neuron's drive.</summary>
    double PeriodByDrive(int neuron);
}
