namespace SparseProp.Cluster.Prediction;

/// <summary>What a simulated cluster takes for granted about machines and network.</summary>
internal sealed record SimulationAssumptions
{
    /// <summary>How long a message travels. Default: 1 ms, a network of one building.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>How long the store takes to sync a group of records. Default: 5 ms.</summary>
    public TimeSpan CommitLatency { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// How much points scatter about their estimate: the standard deviation of the logarithm of their duration. The same point always
    /// takes the same time. Default: 0.
    /// </summary>
    public double Noise { get; init; }
}
