using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Populations.Inputs;

/// <summary>Events from outside in the order of their times, which do not depend on what the network does.</summary>
internal abstract class TimedEvents
{
    /// <summary>When the present event is; <see cref="Ticks.Never"/> behind the last one.</summary>
    public long Tick { get; protected set; }

    /// <summary>Whose it is: a place in the input's selection, or in a source's population.</summary>
    public int Place { get; protected set; }

    public abstract long Bytes { get; }

    /// <summary>Goes on to the next event.</summary>
    public abstract void MoveNext();

    /// <summary>How many events are not after a tick, which is before the present event.</summary>
    public abstract long CountUpTo(long tick);

    public abstract void Save(SnapshotWriter writer);

    public abstract void Restore(SnapshotReader reader);
}
