using SparseProp.Engine;

namespace SparseProp.Sweeps;

/// <summary>Memory that a point can use. It runs with any amount between the two, the faster the more targets are kept.</summary>
/// <param name="LeastBytes">
/// Without which it is refused: state and statistics, with targets drawn again at every spike; a network of populations keeps its synapses.
/// </param>
/// <param name="FullBytes">With all targets kept; at least <paramref name="LeastBytes"/>.</param>
public readonly record struct PointMemory(long LeastBytes, long FullBytes)
{
    public static PointMemory Of(SimulationParameters p) => new(MemoryNeed.LeastBytes(p), PointEstimate.Of(p).MemoryBytes);

    /// <summary>
    /// What the point should be given on a worker: all that it can use, but no more than a slot's share, and never less than it needs.
    /// </summary>
    /// <param name="workerBytes">What the worker may use for all its points together; not negative.</param>
    /// <param name="slots">How many points it runs at once, at least 1.</param>
    public long ClaimIn(long workerBytes, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workerBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        return Math.Max(LeastBytes, Math.Min(FullBytes, workerBytes / slots));
    }

    /// <summary>Whether a worker that may use <paramref name="workerBytes"/> can run the point at all.</summary>
    public bool Fits(long workerBytes) => LeastBytes <= workerBytes;
}
