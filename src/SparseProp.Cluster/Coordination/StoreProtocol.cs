using Akka.Actor;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Cluster.Coordination;

/// <summary>What the coordinator and a sweep's store writer say to each other, inside one process.</summary>
internal static class StoreProtocol
{
    /// <summary>Asks to record a point durably.</summary>
    /// <param name="Point">The record.</param>
    /// <param name="Source">Who waits for the acknowledgement, handed back untouched.</param>
    internal sealed record RecordPoint(PointRecord Point, ReportSource? Source) : INoSerializationVerificationNeeded;

    /// <summary>These records are on disk, or were there before.</summary>
    internal sealed record PointsRecorded(string Sweep, IReadOnlyList<RecordedReport> Reports) : INoSerializationVerificationNeeded;

    /// <param name="Index">The point.</param>
    /// <param name="Outcome">What became of the record.</param>
    /// <param name="Failed">Whether the point failed.</param>
    /// <param name="Source">Who waits for the acknowledgement.</param>
    /// <param name="CpuSeconds">CPU time of the simulation's event loop.</param>
    /// <param name="SynapticEvents">Synaptic events in it.</param>
    internal sealed record RecordedReport(
        long Index, RecordOutcome Outcome, bool Failed, ReportSource? Source, double CpuSeconds, long SynapticEvents);

    /// <summary>Asks to be told when all that was asked before is done.</summary>
    internal sealed record CloseStore : INoSerializationVerificationNeeded;

    /// <summary>Nothing more will be written: the store may be closed.</summary>
    internal sealed record StoreIdle(string Sweep) : INoSerializationVerificationNeeded;

    /// <summary>The store cannot be written any more. Nothing further will be recorded.</summary>
    internal sealed record StoreFailed(string Sweep, StoreException Cause) : INoSerializationVerificationNeeded;
}
