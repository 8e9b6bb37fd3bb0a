namespace SparseProp.Cluster.Workers;

/// <summary>How a worker behaves.</summary>
public sealed record WorkerOptions
{
    // The rest is for the operating system, and for what a simulation needs beside its network.
    private const double MemoryShare = 0.8;

    /// <summary>
    /// Engines that run at once, each on a thread of its own. Default: one for each processor; all else that a worker does costs
    /// about a hundredth of one.
    /// </summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>What all simulations together may use. Default: 80 % of what the process may use.</summary>
    public long MemoryBytes { get; init; } = (long)(MemoryShare * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>
    /// How long a request or report stays unanswered before it is repeated. Default: 2 s, many round trips even on a busy host and
    /// far below the life of a lease.
    /// </summary>
    public TimeSpan RepeatInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often leases are renewed. Default: 5 s, a sixth of a lease's life.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a refused worker waits before it asks again. Default: 30 s; the coordinator may be upgraded meanwhile.</summary>
    public TimeSpan RefusedInterval { get; init; } = TimeSpan.FromSeconds(30);
}
