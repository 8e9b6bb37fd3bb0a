namespace SparseProp.Cluster.Metrics;

/// <summary>How things stand with an active coordinator.</summary>
/// <param name="Epoch">Counts the coordinators that the stores have had.</param>
/// <param name="Leases">Live leases.</param>
/// <param name="Sweeps">Its open sweeps, and those that cannot be opened.</param>
/// <param name="Workers">The workers that take part.</param>
internal sealed record ClusterFigures(
    long Epoch, int Leases, IReadOnlyList<SweepFigures> Sweeps, IReadOnlyList<WorkerFigures> Workers);

/// <summary>How a sweep stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Waiting">Points that have no result and that no worker holds.</param>
/// <param name="Leased">Points that workers hold.</param>
/// <param name="Recorded">Points with a result.</param>
/// <param name="Failed">Points recorded as failed.</param>
/// <param name="Divergent">Second results that contradict the first, since the coordinator began.</param>
/// <param name="IsLeasing">Whether waiting points are leased to whoever asks: it is not paused, cancelled or over.</param>
/// <param name="IsStuck">Whether it cannot go on by itself.</param>
internal sealed record SweepFigures(
    string Name, long Waiting, long Leased, long Recorded, long Failed, long Divergent, bool IsLeasing, bool IsStuck);

/// <summary>How a worker stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Slots">Engines that it runs at once.</param>
/// <param name="State">What it does.</param>
internal sealed record WorkerFigures(string Name, int Slots, WorkerState State);

/// <summary>What a worker does.</summary>
internal enum WorkerState
{
    /// <summary>It holds points.</summary>
    Working,

    /// <summary>It holds none, and may take some.</summary>
    Idle,

    /// <summary>An operator lets it take no more points.</summary>
    Drained,

    /// <summary>It has said that it ends.</summary>
    Leaving,
}
