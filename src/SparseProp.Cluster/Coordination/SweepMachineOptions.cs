namespace SparseProp.Cluster.Coordination;

/// <summary>The rules by which points are leased.</summary>
internal sealed record SweepMachineOptions
{
    /// <summary>How long a lease lives without a sign of life. Default: 30 s, six times the interval of renewal.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How much work one lease holds for each slot of the worker. Default: 2 s: long against a round trip of milliseconds,
    /// short against the tail of a sweep.
    /// </summary>
    public TimeSpan LeaseWork { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Most points of one lease. Default: 128, some 30 kB on the wire and half of what the serializer lets through.</summary>
    public int MostPointsPerLease { get; init; } = 128;

    /// <summary>How often a point may come back with an error before it is recorded as failed. Default: 3.</summary>
    public int MostAttempts { get; init; } = 3;

    /// <summary>How many workers may be lost while they hold a point before it is recorded as failed. Default: 3.</summary>
    public int MostWorkerLosses { get; init; } = 3;
}
