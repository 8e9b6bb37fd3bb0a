namespace SparseProp.Engine.Loops;

/// <summary>A network that runs from spike to spike; a call continues exactly where the one before ended.</summary>
internal interface IEventLoop : IDisposable
{
    /// <summary>Time of the last spike in seconds from the initial condition; 0 before the first.</summary>
    double Seconds { get; }

    /// <summary>State, queue and targets, in bytes.</summary>
    long Bytes { get; }

    /// <summary>
    /// Runs up to <paramref name="spikes"/> spikes, none of them later than <paramref name="limitSeconds"/>, and returns how many
    /// it ran. Fewer than asked means that the next one is later, or that <paramref name="cancellation"/> was requested.
    /// </summary>
    long Run<TObserver>(ref TObserver observer, long spikes, double limitSeconds, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver;
}
