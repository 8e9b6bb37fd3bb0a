namespace SparseProp.Cluster.Coordination;

/// <summary>The rules by which points are leased.</summary>
internal sealed record SchedulerOptions
{
    /// <summary>How long a lease lives without a sign of life. Default: 30 s, six times the interval of renewal.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How much work one lease holds for each slot of the worker. Default: 2 s: long against a round trip of milliseconds,
    /// short against the tail of a sweep.
    /// </summary>
    public TimeSpan LeaseWork { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Most points of one lease. Default: 128, some 35 kB on the wire and half of what the serializer lets through.</summary>
    public int MostPointsPerLease { get; init; } = 128;

    /// <summary>
    /// How many results of a sweep may wait for the disk before no more of its points are leased. Default: 10 000, some 10 MB, and a
    /// fraction of a second for a disk that keeps up.
    /// </summary>
    public int MostUnrecorded { get; init; } = 10_000;

    /// <summary>How often a point may come back with an error before it is recorded as failed. Default: 3.</summary>
    public int MostAttempts { get; init; } = 3;

    /// <summary>
    /// How many workers may be lost while they hold a point, with no checkpoint of it in between, before it is recorded as failed.
    /// Default: 5: a point that kills its worker does so every time, while chance seldom strikes the same point so often.
    /// </summary>
    public int MostWorkerLosses { get; init; } = 5;

    /// <summary>
    /// How long a point runs between two checkpoints. Default: 30 s, so that any point of over a minute has one; zero turns them off.
    /// </summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a coordinator waits, once it knows its sweeps, for workers to say what they hold from its predecessor, before it leases
    /// anything. Default: none, for a cluster that begins.
    /// </summary>
    public TimeSpan AdoptionTime { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// How long workers are given to join before a point that fits into the memory of none is recorded as failed. Default: none.
    /// </summary>
    public TimeSpan MemoryGrace { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// A lease that takes this many times as long as expected is a straggler: a copy of its points goes to a worker with nothing else
    /// to do. Default: 2.
    /// </summary>
    public double StragglerFactor { get; init; } = 2;

    /// <summary>What a lease may take beyond that, so that a mere delay is no straggler. Default: 2 s.</summary>
    public TimeSpan StragglerSlack { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Which points go first. Default: the longest.</summary>
    public PointOrder Order { get; init; } = PointOrder.LongestFirst;
}

/// <summary>Which of a sweep's waiting points go first.</summary>
internal enum PointOrder
{
    /// <summary>Those that take longest: then no long one is left over when all else is done.</summary>
    LongestFirst,

    /// <summary>As the sweep file numbers them; there to compare with.</summary>
    FileOrder,
}
