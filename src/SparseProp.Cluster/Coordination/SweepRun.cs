using SparseProp.Results;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>A sweep to be run to its end: what it is, where its results go, and who listens.</summary>
/// <param name="Plan">The points.</param>
/// <param name="Store">The open store. The run writes to it; closing it is the caller's.</param>
/// <param name="RetryFailed">Whether points recorded as failed run again.</param>
/// <param name="Listener">Hears of progress and notices, on the coordinator's thread: it must not block.</param>
public sealed record SweepRun(SweepPlan Plan, ResultStore Store, bool RetryFailed, ISweepListener Listener);

/// <summary>Hears what happens to a sweep.</summary>
public interface ISweepListener
{
    void OnProgress(SweepProgress progress);

    void OnNotice(SweepNotice notice);

    /// <summary>Every point is recorded.</summary>
    void OnFinished();

    /// <summary>The sweep cannot go on; what was acknowledged is in the store.</summary>
    void OnBroken(Exception cause);
}
