using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Stability;

/// <summary>
/// The neurons of a running network once more, driven by its spikes: they need no queue, and tell what each input does to a small
/// perturbation of its target. A structure, so that the loop around it is compiled for it.
/// </summary>
internal unsafe interface IShadowNeurons : IDisposable
{
    long Bytes { get; }

    /// <summary>Takes the state of a network.</summary>
    /// <param name="seconds">The present time.</param>
    /// <param name="timesToSpike">How long each neuron would take to spike without further input, in seconds.</param>
    void Begin(double seconds, double* timesToSpike);

    /// <summary>Moves on to the next spike.</summary>
    void MoveTo(double seconds);

    /// <summary>Whether neurons are brought to threshold by input, so that spikes of one instant act generation by generation.</summary>
    bool HasAvalanches { get; }

    /// <summary>Whether a neuron that spikes at this instant does so without further input.</summary>
    bool IsDue(int neuron);

    /// <summary>
    /// A target receives its input from the present spike. Returns d, the factor by which a small difference in its time to spike grows:
    /// 0 where the input brings the neuron to its threshold.
    /// </summary>
    double Receive(int target, bool excites);

    /// <summary>The neuron of the present spike is reset.</summary>
    void Reset(int neuron);

    void Save(SnapshotWriter writer);

    void Restore(SnapshotReader reader);
}
