using Akka.Actor;
using SparseProp.Execution;
using SparseProp.Results.Root;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>What the process asks of its coordinator, on behalf of whoever operates the cluster. Stays inside the process.</summary>
internal static class CoordinatorProtocol
{
    /// <summary>A question or command, answered by what it says, or by <see cref="Declined"/>.</summary>
    internal interface IRequest : INoSerializationVerificationNeeded;

    /// <summary>Runs a sweep, or attaches to it where it runs or ran already. Answered by <see cref="Submitted"/>.</summary>
    /// <param name="Spec">The sweep.</param>
    /// <param name="Priority">Instead of what the file says.</param>
    /// <param name="RetryFailed">Whether points recorded as failed run again.</param>
    internal sealed record Submit(SweepSpec Spec, int? Priority, bool RetryFailed) : IRequest;

    /// <summary>Answered by <see cref="SweepStatus"/>.</summary>
    internal sealed record GetSweep(string Sweep) : IRequest;

    /// <summary>Answered by <see cref="SweepList"/>.</summary>
    internal sealed record ListSweeps : IRequest;

    /// <summary>Answered by <see cref="ClusterStatus"/>.</summary>
    internal sealed record GetCluster : IRequest;

    /// <summary>Leases no more points to a worker; what it holds it finishes. Answered by <see cref="WorkerSummary"/>.</summary>
    internal sealed record DrainWorker(string Worker) : IRequest;

    /// <summary>Lets a drained worker take work again. Answered by <see cref="WorkerSummary"/>.</summary>
    internal sealed record ResumeWorker(string Worker) : IRequest;

    /// <summary>Answered by <see cref="LeasedPointList"/>.</summary>
    /// <param name="Sweep">Only points of this sweep; null for all.</param>
    /// <param name="Worker">Only points that this worker holds; null for all.</param>
    /// <param name="Most">No more points than that.</param>
    internal sealed record GetLeases(string? Sweep, string? Worker, int Most) : IRequest;

    /// <summary>Answered by <see cref="SweepStatus"/>.</summary>
    internal sealed record Pause(string Sweep) : IRequest;

    /// <summary>Answered by <see cref="SweepStatus"/>.</summary>
    internal sealed record Resume(string Sweep) : IRequest;

    /// <summary>Answered by <see cref="SweepStatus"/>.</summary>
    internal sealed record Cancel(string Sweep) : IRequest;

    /// <summary>Answered by <see cref="SweepStatus"/>.</summary>
    internal sealed record RetryFailed(string Sweep) : IRequest;

    /// <summary>Answered by <see cref="SweepStatus"/>.</summary>
    internal sealed record SetPriority(string Sweep, int Priority) : IRequest;

    /// <summary>Removes a sweep that does not run, with its results. Answered by <see cref="Deleted"/>.</summary>
    internal sealed record Delete(string Sweep) : IRequest;

    /// <summary>Rewrites the store of a sweep that does not run, without what counts for nothing. Answered by <see cref="Compacted"/>.</summary>
    internal sealed record Compact(string Sweep) : IRequest;

    internal sealed record Submitted(SweepStatus Status, SubmitOutcome Outcome, IReadOnlyList<string> Warnings)
        : INoSerializationVerificationNeeded;

    internal sealed record SweepList(IReadOnlyList<SweepStatus> Sweeps) : INoSerializationVerificationNeeded;

    /// <param name="Points">Points that workers hold, by lease and in the order in which they run.</param>
    /// <param name="Total">How many there are altogether.</param>
    internal sealed record LeasedPointList(IReadOnlyList<LeasedPointSummary> Points, long Total) : INoSerializationVerificationNeeded;

    internal sealed record Deleted(string Sweep) : INoSerializationVerificationNeeded;

    /// <param name="BytesBefore">Size of the results before.</param>
    /// <param name="BytesAfter">Size of the results now.</param>
    internal sealed record Compacted(long BytesBefore, long BytesAfter) : INoSerializationVerificationNeeded;

    /// <summary>The answer is no.</summary>
    internal sealed record Declined(DeclineReason Reason, string Message) : INoSerializationVerificationNeeded;
}

/// <summary>What a submission has led to.</summary>
public enum SubmitOutcome
{
    /// <summary>A new sweep runs.</summary>
    Started,

    /// <summary>The sweep ran or had run already.</summary>
    Attached,

    /// <summary>A sweep that was over goes on, with another file or with its failed points.</summary>
    Extended,
}

internal enum DeclineReason
{
    /// <summary>There is no such sweep or worker.</summary>
    Unknown,

    /// <summary>The sweep's state does not allow it.</summary>
    Conflict,

    /// <summary>Another coordinator has the stores, or this one is still reading them.</summary>
    NotReady,

    /// <summary>It was tried and failed.</summary>
    Failed,
}

/// <summary>A sweep, as whoever operates the cluster sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">What it does.</param>
/// <param name="SpecHash">Hash of what its file says, in hexadecimal digits.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Submitted">When it was submitted, in UTC.</param>
/// <param name="Notices">The latest of what was noticed, oldest first.</param>
/// <param name="Problem">Why it is stuck; null where it is not.</param>
public sealed record SweepStatus(
    string Name,
    SweepState State,
    string SpecHash,
    int Priority,
    SweepProgress Progress,
    DateTimeOffset Submitted,
    IReadOnlyList<string> Notices,
    string? Problem);

/// <summary>The cluster, as whoever operates it sees it.</summary>
public sealed record ClusterStatus(
    long Epoch, string Build, IReadOnlyList<WorkerSummary> Workers, IReadOnlyList<LeaseSummary> Leases)
{
    /// <summary>Why sweeps are stuck, by their name.</summary>
    public IReadOnlyDictionary<string, string> StuckSweeps { get; init; } = new Dictionary<string, string>();
}

/// <summary>A worker that takes part.</summary>
public sealed record WorkerSummary(string Name, string Host, int Slots, long MemoryBytes, int OpenPoints, bool Leaving)
{
    /// <summary>Whether an operator wants it to take no more work.</summary>
    public bool Drained { get; init; }
}

/// <summary>A live lease.</summary>
public sealed record LeaseSummary(string Lease, string Sweep, string Worker, string Kind, int OpenPoints, double AgeSeconds);

/// <summary>A point that a worker holds.</summary>
/// <param name="Lease">Its lease.</param>
/// <param name="Sweep">Its sweep.</param>
/// <param name="Index">Its index in the plan.</param>
/// <param name="Worker">Who has it.</param>
/// <param name="Kind">What the lease is for.</param>
/// <param name="AgeSeconds">Seconds since the lease was granted.</param>
/// <param name="ExpiresSeconds">Seconds until it runs out, unless it is renewed.</param>
public sealed record LeasedPointSummary(
    string Lease, string Sweep, long Index, string Worker, string Kind, double AgeSeconds, double ExpiresSeconds);
