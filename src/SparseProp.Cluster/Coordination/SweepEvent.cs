using SparseProp.Cluster.Protocol;
using SparseProp.Results;

namespace SparseProp.Cluster.Coordination;

/// <summary>What can happen to a sweep, as <see cref="SweepMachine"/> sees it.</summary>
/// <param name="At">When, on the coordinator's monotonic clock.</param>
internal abstract record SweepEvent(TimeSpan At)
{
    /// <summary>A worker asks for a lease. Repeats of a request carry its number again.</summary>
    internal sealed record WorkRequested(TimeSpan At, string Worker, long Request, int Slots) : SweepEvent(At);

    /// <summary>A worker says which leases it still works on.</summary>
    internal sealed record LeasesHeld(TimeSpan At, string Worker, IReadOnlyList<Lease> Leases) : SweepEvent(At);

    /// <summary>A worker gives a lease back unfinished.</summary>
    internal sealed record LeaseReturned(TimeSpan At, string Worker, Lease Lease) : SweepEvent(At);

    /// <summary>The cluster has given a worker up.</summary>
    internal sealed record WorkerLost(TimeSpan At, string Worker) : SweepEvent(At);

    /// <summary>A worker reports what came of a point.</summary>
    internal sealed record PointReported(TimeSpan At, string Worker, Lease Lease, PointRecord Record) : SweepEvent(At);

    /// <summary>A report is durable in the store, or the store found it to be there already.</summary>
    /// <param name="At">When.</param>
    /// <param name="Index">The point's index in the plan.</param>
    /// <param name="Outcome">What the store made of it.</param>
    /// <param name="Failed">Whether the point is recorded as failed.</param>
    /// <param name="Source">Who waits for the acknowledgement; null where the coordinator itself gave the point up.</param>
    internal sealed record PointRecorded(TimeSpan At, long Index, RecordOutcome Outcome, bool Failed, ReportSource? Source)
        : SweepEvent(At);

    /// <summary>Time has passed: leases may have run out.</summary>
    internal sealed record TimePassed(TimeSpan At) : SweepEvent(At);
}

/// <summary>The worker and lease that a report came from.</summary>
internal sealed record ReportSource(string Worker, Lease Lease);
