using SparseProp.Cluster.Protocol;
using SparseProp.Results.Records;

namespace SparseProp.Cluster.Coordination;

/// <summary>What <see cref="Scheduler"/> wants done. The actor around it does it and decides nothing.</summary>
internal abstract record SweepEffect
{
    /// <summary>Tell a worker that it takes part.</summary>
    internal sealed record Welcome(string Worker) : SweepEffect;

    /// <summary>Tell a worker that it cannot take part.</summary>
    internal sealed record Refuse(string Worker, string Reason) : SweepEffect;

    /// <summary>Ask a worker who it is.</summary>
    internal sealed record Introduce(string Worker) : SweepEffect;

    /// <summary>Answer a request with points.</summary>
    internal sealed record Grant(string Worker, long Request, Lease Lease, string Sweep, IReadOnlyList<GrantedIndex> Points)
        : SweepEffect;

    /// <summary>Answer a request with "no work now".</summary>
    internal sealed record Hold(string Worker, long Request) : SweepEffect;

    /// <summary>Tell a worker to stop these points and report nothing.</summary>
    internal sealed record Withdraw(string Worker, Lease Lease, IReadOnlyList<long> Points) : SweepEffect;

    /// <summary>Append a record to the store; <see cref="SweepEvent.PointRecorded"/> comes back when it is durable.</summary>
    internal sealed record Record(string Sweep, PointRecord Point, ReportSource Source) : SweepEffect;

    /// <summary>Append a record that says why this point is given up.</summary>
    internal sealed record GiveUp(string Sweep, long Index, PointFailure Failure) : SweepEffect;

    /// <summary>Remove a point's checkpoints: it needs them no more.</summary>
    internal sealed record ForgetCheckpoint(string Sweep, long Index) : SweepEffect;

    /// <summary>Tell a worker that it may forget a report.</summary>
    internal sealed record Acknowledge(ReportSource Source) : SweepEffect;

    /// <summary>Show this to whoever watches the sweep.</summary>
    internal sealed record Announce(string Sweep, SweepNotice Notice) : SweepEffect;

    /// <summary>Every point is recorded, and verified where that was asked for.</summary>
    internal sealed record Finish(string Sweep) : SweepEffect;
}

/// <summary>A point to grant.</summary>
/// <param name="Index">Its index in the plan.</param>
/// <param name="Attempt">How often it came back with an error.</param>
/// <param name="MemoryBytes">What its simulation may use on the worker.</param>
/// <param name="Checkpoint">The checkpoint to go on from; zero where there is none.</param>
internal readonly record struct GrantedIndex(long Index, int Attempt, long MemoryBytes, CheckpointMark Checkpoint);
