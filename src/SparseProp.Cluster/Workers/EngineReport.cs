using SparseProp.Results;

namespace SparseProp.Cluster.Workers;

/// <summary>What an engine thread says.</summary>
/// <param name="Slot">Its slot.</param>
/// <param name="Assignment">The point that it is about.</param>
internal abstract record EngineReport(int Slot, Assignment Assignment)
{
    /// <summary>The point has come to an end, with a result or an error.</summary>
    internal sealed record Finished(int Slot, Assignment Assignment, PointRecord Record) : EngineReport(Slot, Assignment);

    /// <summary>The point was stopped as it was asked to be.</summary>
    internal sealed record Stopped(int Slot, Assignment Assignment) : EngineReport(Slot, Assignment);

    /// <summary>The point's state is in a file now, which is the receiver's; the point runs on, or was stopped with it.</summary>
    internal sealed record Saved(int Slot, Assignment Assignment, CheckpointSource Source) : EngineReport(Slot, Assignment);

    /// <summary>The checkpoint that it was to go on from is of no use; it begins at the beginning.</summary>
    internal sealed record CheckpointRefused(int Slot, Assignment Assignment, string Reason) : EngineReport(Slot, Assignment);
}
