using SparseProp.Cluster.Protocol;
using SparseProp.Results;

namespace SparseProp.Cluster.Coordination;

/// <summary>What <see cref="SweepMachine"/> wants done. The actor around it does it and decides nothing.</summary>
internal abstract record SweepEffect
{
    /// <summary>Answer a request with points.</summary>
    internal sealed record Grant(string Worker, long Request, Lease Lease, IReadOnlyList<GrantedIndex> Points) : SweepEffect;

    /// <summary>Answer a request with "no work now".</summary>
    internal sealed record Hold(string Worker, long Request) : SweepEffect;

    /// <summary>Append a record to the store; <see cref="SweepEvent.PointRecorded"/> comes back when it is durable.</summary>
    internal sealed record Record(PointRecord Point, ReportSource Source) : SweepEffect;

    /// <summary>Append a record that says why this point is given up.</summary>
    internal sealed record GiveUp(long Index, PointFailure Failure) : SweepEffect;

    /// <summary>Tell a worker that it may forget a report.</summary>
    internal sealed record Acknowledge(ReportSource Source, long Index) : SweepEffect;

    /// <summary>Show this to whoever watches the sweep.</summary>
    internal sealed record Announce(SweepNotice Notice) : SweepEffect;

    /// <summary>Every point is recorded.</summary>
    internal sealed record Finish : SweepEffect;
}

/// <summary>A point to grant.</summary>
/// <param name="Index">Its index in the plan.</param>
/// <param name="Attempt">How often it came back with an error.</param>
internal readonly record struct GrantedIndex(long Index, int Attempt);
