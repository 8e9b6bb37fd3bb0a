using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Loops;

/// <summary>A network that runs from spike to spike; a call continues exactly where the one before ended.</summary>
internal interface IEventLoop : IDisposable
{
    /// <summary>Writes the present state, between two calls of <see cref="Run"/>.</summary>
    void Save(SnapshotWriter writer);

    /// <summary>Takes the state that a loop of the same parameters wrote.</summary>
    /// <exception cref="InvalidDataException">It is of another one, or damaged; this loop is then of no use.</exception>
    void Restore(SnapshotReader reader);

    /// <summary>Time of the last spike in seconds from the initial condition; 0 before the first.</summary>
    double Seconds { get; }

    /// <summary>
    /// How many spikes of the present instant are still to come, whose effects are in the state already; above 0 only where a call
    /// ended within an instant.
    /// </summary>
    int PendingSpikes { get; }

    /// <summary>
    /// Writes how long after <paramref name="seconds"/> each neuron would spike without further input, in seconds: its whole state. Not
    /// before the last spike, and before the next.
    /// </summary>
    unsafe void ReadTimesToSpike(double seconds, double* destination);

    /// <summary>State, queue and targets, in bytes.</summary>
    long Bytes { get; }

    /// <summary>
    /// Runs up to <paramref name="spikes"/> spikes, none of them later than <paramref name="limitSeconds"/>, and returns how many
    /// it ran. Fewer than asked means that the next one is later, or that <paramref name="cancellation"/> was requested.
    /// </summary>
    long Run<TObserver>(ref TObserver observer, long spikes, double limitSeconds, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver;
}
