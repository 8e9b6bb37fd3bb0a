using Akka.Actor;

namespace SparseProp.Cluster.Workers;

/// <summary>Asks a worker of this process for its <see cref="WorkerStatus"/>.</summary>
public sealed record GetWorkerStatus : INoSerializationVerificationNeeded;

/// <summary>What a worker does.</summary>
/// <param name="Worker">The worker's name.</param>
/// <param name="IsWelcome">Whether the coordinator has welcomed it.</param>
/// <param name="IsDraining">Whether it takes no more work.</param>
/// <param name="Running">The points that occupy a slot, in the slots' order.</param>
/// <param name="Waiting">Points that wait for a slot.</param>
/// <param name="Unacknowledged">Reports that are not known to be on disk.</param>
public sealed record WorkerStatus(
    string Worker, bool IsWelcome, bool IsDraining, IReadOnlyList<RunningPoint> Running, int Waiting, int Unacknowledged)
    : INoSerializationVerificationNeeded;

/// <summary>A point that occupies a slot.</summary>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Index">The point's index in the plan.</param>
/// <param name="Progress">How much is done, from 0 to 1; 0 while its checkpoint is fetched.</param>
/// <param name="Elapsed">How long it has run, on this worker and on those before.</param>
public sealed record RunningPoint(string Sweep, long Index, double Progress, TimeSpan Elapsed);
