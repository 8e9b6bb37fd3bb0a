using SparseProp.Execution;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Checkpoints;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>A sweep to be run to its end: what it is, where its results go, and who listens.</summary>
/// <param name="Spec">What the sweep file says.</param>
/// <param name="Plan">The points.</param>
/// <param name="Store">The open store. The run writes to it; closing it is the caller's.</param>
/// <param name="Recorded">The points that the store holds already; the run goes on with this set.</param>
/// <param name="Listener">Hears of progress and notices, on the coordinator's thread: it must not block.</param>
public sealed record SweepRun(SweepSpec Spec, SweepPlan Plan, ResultStore Store, RecordedPoints Recorded, ISweepListener Listener)
{
    /// <summary>The points that are run here, others being run elsewhere; null for all. Not together with <see cref="SweepSpec.Until"/>.</summary>
    public PointSet? Among { get; init; }

    /// <summary>Where checkpoints of long points are kept; null where none are.</summary>
    public CheckpointFolder? Checkpoints { get; init; }

    /// <summary>Checkpoints that can be gone on from, by the index of their point.</summary>
    public IReadOnlyDictionary<long, Checkpoint> CheckpointsFound { get; init; } = new Dictionary<long, Checkpoint>();
}

/// <summary>Hears what happens to a sweep.</summary>
public interface ISweepListener
{
    void OnProgress(SweepProgress progress);

    void OnNotice(SweepNotice notice);

    /// <summary>Every point is recorded, and verified where that was asked for.</summary>
    void OnFinished();

    /// <summary>The sweep cannot go on; what was acknowledged is in the store.</summary>
    void OnBroken(Exception cause);
}
