using SparseProp.Engine.Loops;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Stability;

/// <summary>Measures Lyapunov exponents beside a running network.</summary>
internal interface IStabilityMeasurement : IDisposable
{
    long Bytes { get; }

    /// <summary>The measurement begins with the loop's present state.</summary>
    void Begin(IEventLoop loop, double seconds);

    void Add(ReadOnlySpan<Spike> spikes);

    NetworkStability Summarise();

    void Save(SnapshotWriter writer);

    void Restore(SnapshotReader reader);
}
