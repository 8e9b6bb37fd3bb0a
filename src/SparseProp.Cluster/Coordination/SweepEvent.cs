using SparseProp.Cluster.Protocol;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Cluster.Coordination;

/// <summary>What can happen, as <see cref="Scheduler"/> sees it.</summary>
/// <param name="At">When, on the coordinator's monotonic clock.</param>
internal abstract record SweepEvent(TimeSpan At)
{
    /// <summary>A sweep is to be run, or to be gone on with.</summary>
    internal sealed record SweepAdded(TimeSpan At, string Sweep, IWorkload Work, SweepStart Start) : SweepEvent(At);

    /// <summary>All sweeps that the coordinator found at its start are added: what is unknown now stays unknown.</summary>
    internal sealed record SweepsLoaded(TimeSpan At) : SweepEvent(At);

    /// <summary>No more points of a sweep are leased; those under way end as they may.</summary>
    internal sealed record SweepPaused(TimeSpan At, string Sweep) : SweepEvent(At);

    /// <summary>A paused or cancelled sweep goes on.</summary>
    internal sealed record SweepResumed(TimeSpan At, string Sweep) : SweepEvent(At);

    /// <summary>No more points of a sweep are leased, and those under way are withdrawn.</summary>
    internal sealed record SweepCancelled(TimeSpan At, string Sweep) : SweepEvent(At);

    /// <summary>Points that were recorded as failed are to run again.</summary>
    internal sealed record PointsReopened(TimeSpan At, string Sweep, IReadOnlyList<long> Points) : SweepEvent(At);

    /// <summary>A sweep is no one's concern any more.</summary>
    internal sealed record SweepRemoved(TimeSpan At, string Sweep) : SweepEvent(At);

    internal sealed record PriorityChanged(TimeSpan At, string Sweep, int Priority) : SweepEvent(At);

    /// <summary>A worker introduces itself.</summary>
    internal sealed record WorkerJoined(TimeSpan At, WorkerIdentity Worker, IReadOnlyList<WorkProtocol.HeldLease> Held) : SweepEvent(At);

    /// <summary>A worker asks for a lease. Repeats of a request carry its number again.</summary>
    internal sealed record WorkRequested(TimeSpan At, string Worker, long Request) : SweepEvent(At);

    /// <summary>A worker says which leases it still works on.</summary>
    internal sealed record LeasesHeld(TimeSpan At, string Worker, IReadOnlyList<WorkProtocol.HeldLease> Held) : SweepEvent(At);

    /// <summary>A worker gives points of a lease back unfinished.</summary>
    internal sealed record PointsReturned(TimeSpan At, string Worker, Lease Lease, IReadOnlyList<long> Points) : SweepEvent(At)
    {
        /// <summary>Why it cannot run them; empty where it only leaves.</summary>
        public string Reason { get; init; } = "";
    }

    /// <summary>A worker takes no more work.</summary>
    internal sealed record WorkerLeaving(TimeSpan At, string Worker) : SweepEvent(At);

    /// <summary>An operator wants a worker to take no more work; what it holds it finishes.</summary>
    internal sealed record WorkerDrained(TimeSpan At, string Worker) : SweepEvent(At);

    /// <summary>A drained worker may take work again.</summary>
    internal sealed record WorkerResumed(TimeSpan At, string Worker) : SweepEvent(At);

    /// <summary>The cluster has given a worker up.</summary>
    internal sealed record WorkerLost(TimeSpan At, string Worker) : SweepEvent(At);

    /// <summary>A worker reports what came of a point.</summary>
    internal sealed record PointReported(TimeSpan At, string Worker, Lease Lease, string Sweep, PointRecord Record) : SweepEvent(At);

    /// <summary>A report is durable in the store, or the store found it to be there already.</summary>
    /// <param name="At">When.</param>
    /// <param name="Sweep">The sweep.</param>
    /// <param name="Index">The point's index in the plan.</param>
    /// <param name="Outcome">What the store made of it.</param>
    /// <param name="Failed">Whether the point is recorded as failed.</param>
    /// <param name="Source">Who waits for the acknowledgement; null where the coordinator itself gave the point up.</param>
    internal sealed record PointRecorded(
        TimeSpan At, string Sweep, long Index, RecordOutcome Outcome, bool Failed, ReportSource? Source)
        : SweepEvent(At);

    /// <summary>A checkpoint of a running point is durable.</summary>
    internal sealed record CheckpointSaved(TimeSpan At, string Sweep, long Index, CheckpointMark Checkpoint) : SweepEvent(At);

    /// <summary>Time has passed: leases may have run out.</summary>
    internal sealed record TimePassed(TimeSpan At) : SweepEvent(At);
}

/// <summary>Where a report came from.</summary>
/// <param name="Worker">Its worker.</param>
/// <param name="Lease">The lease under which the point ran.</param>
/// <param name="Index">The point's index as the worker knows it.</param>
/// <param name="Verifies">Whether it was asked for to confirm a result.</param>
internal sealed record ReportSource(string Worker, Lease Lease, long Index, bool Verifies);

/// <summary>How a sweep begins.</summary>
internal sealed record SweepStart
{
    /// <summary>The points that the store holds already; the scheduler goes on with this set.</summary>
    public required RecordedPoints Recorded { get; init; }

    /// <summary>The points that are to be run; null for all.</summary>
    public PointSet? Among { get; init; }

    /// <summary>Sweeps of higher priority go first; those of equal priority share the cluster.</summary>
    public int Priority { get; init; }

    /// <summary>Whether its points wait until it is resumed.</summary>
    public bool Paused { get; init; }

    /// <summary>The share of the points that a second worker runs again, to compare digests: 0 to 1.</summary>
    public double VerifyShare { get; init; }

    /// <summary>How many replicates points get, and what is decided of it; null where all points are run.</summary>
    public Replication? Replication { get; init; }

    /// <summary>Checkpoints that can be gone on from, by index.</summary>
    public IReadOnlyDictionary<long, CheckpointMark> Checkpoints { get; init; } = new Dictionary<long, CheckpointMark>();
}

/// <summary>A checkpoint on the coordinator's disk.</summary>
/// <param name="Generation">Counts the checkpoints of a point, from 1.</param>
/// <param name="Bytes">Its length.</param>
internal readonly record struct CheckpointMark(long Generation, long Bytes);

/// <summary>Who a worker is and what it can do.</summary>
/// <param name="Name">Unique for each start of the worker's process.</param>
/// <param name="Host">The machine.</param>
/// <param name="Slots">Engines that it runs at once.</param>
/// <param name="MemoryBytes">What its simulations may use together.</param>
/// <param name="Program">What it was built from.</param>
internal sealed record WorkerIdentity(string Name, string Host, int Slots, long MemoryBytes, ProgramIdentity Program);
