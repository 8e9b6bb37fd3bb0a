using SparseProp.Cluster.Protocol;
using SparseProp.Engine;

namespace SparseProp.Cluster.Workers;

/// <summary>A leased point on its way through a worker.</summary>
/// <param name="Sweep">The sweep that it is of.</param>
/// <param name="Lease">The lease that it belongs to.</param>
/// <param name="Index">The point's index in the plan.</param>
/// <param name="Parameters">What to simulate.</param>
/// <param name="Attempt">How often it came back with an error.</param>
/// <param name="MemoryBytes">What its simulation may use.</param>
internal sealed record Assignment(
    string Sweep, Lease Lease, long Index, SimulationParameters Parameters, int Attempt, long MemoryBytes)
{
    /// <summary>How long it runs between two checkpoints; none where it is zero.</summary>
    public TimeSpan CheckpointInterval { get; init; }

    /// <summary>The checkpoint to go on from; zero where there is none.</summary>
    public long CheckpointGeneration { get; init; }

    /// <summary>Its length.</summary>
    public long CheckpointBytes { get; init; }
}
