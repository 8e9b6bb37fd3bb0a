using SparseProp.Results.Records;

namespace SparseProp.Cluster.Workers;

/// <summary>What an engine thread has to say. Who takes a notice with a file owns the file.</summary>
/// <param name="Slot">The engine's slot.</param>
internal abstract record EngineNotice(int Slot)
{
    /// <summary>The run is over: this is its record.</summary>
    public sealed record Finished(int Slot, PointRecord Record) : EngineNotice(Slot);

    /// <summary>The run was stopped.</summary>
    /// <param name="Slot">The engine's slot.</param>
    /// <param name="Checkpoint">Its state, where that was asked for and could be written.</param>
    public sealed record Stopped(int Slot, FileStream? Checkpoint) : EngineNotice(Slot);

    /// <summary>The state of a run that goes on.</summary>
    public sealed record Saved(int Slot, FileStream Checkpoint) : EngineNotice(Slot);

    /// <summary>The run goes on, but less well than it should.</summary>
    public sealed record Trouble(int Slot, string Message) : EngineNotice(Slot);

    /// <summary>Whether the engine is free after this.</summary>
    public bool EndsRun => this is Finished or Stopped;
}
