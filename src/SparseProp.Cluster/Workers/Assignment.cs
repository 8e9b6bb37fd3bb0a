using SparseProp.Cluster.Protocol;
using SparseProp.Engine;

namespace SparseProp.Cluster.Workers;

/// <summary>A leased point on its way through a worker.</summary>
/// <param name="Lease">The lease that it belongs to.</param>
/// <param name="Index">The point's index in the plan.</param>
/// <param name="Parameters">What to simulate.</param>
/// <param name="Attempt">How often it came back with an error.</param>
internal sealed record Assignment(Lease Lease, long Index, SimulationParameters Parameters, int Attempt);
