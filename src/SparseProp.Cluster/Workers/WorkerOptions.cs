namespace SparseProp.Cluster.Workers;

/// <summary>How a worker behaves.</summary>
public sealed record WorkerOptions
{
    private const double ShareForSimulations = 0.8;

    /// <summary>
    /// Engines that run at once, each on a thread of its own. Default: one for each processor; all else that a worker does costs
    /// about a hundredth of one.
    /// </summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// What all simulations together may use, in bytes. Default: 80 % of what the process may use, which leaves room for the
    /// runtime and for what else the machine does.
    /// </summary>
    public long MemoryBytes { get; init; } = (long)(ShareForSimulations * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>
    /// Where checkpoints lie while they are sent or fetched, in files without a name as large as a network. Default: the
    /// system's folder for temporary files; give another where that is in memory.
    /// </summary>
    public string ScratchFolder { get; init; } = Path.GetTempPath();

    /// <summary>
    /// How long a message stays unanswered before it is repeated. Default: 2 s, many round trips even on a busy host and
    /// far below the life of a lease.
    /// </summary>
    public TimeSpan RepeatInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often leases are renewed. Default: 5 s, a sixth of a lease's life.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often a refused worker tries again. Default: 30 s; only an upgrade of the coordinator will change its mind.
    /// </summary>
    public TimeSpan RefusedInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long after a drain's budget reports are still repeated. Default: 5 s, two repeats.
    /// </summary>
    public TimeSpan FlushGrace { get; init; } = TimeSpan.FromSeconds(5);
}
