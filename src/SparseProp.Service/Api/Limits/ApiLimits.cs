namespace SparseProp.Service.Api.Limits;

/// <summary>How much the API does for callers, and how often it looks for them.</summary>
internal sealed record ApiLimits
{
    /// <summary>Requests that one address may send at once. Default: 400.</summary>
    public int MostAtOnce { get; init; } = 400;

    /// <summary>
    /// Requests a second that one address may go on with. Default: 200; the command line sends one a second, and one request costs the
    /// coordinator well under a millisecond.
    /// </summary>
    public double MostPerSecond { get; init; } = 200;

    /// <summary>Streams of events and logs that are open at once. Default: 64, a quarter of all connections.</summary>
    public int MostStreams { get; init; } = 64;

    /// <summary>How long between two looks at the coordinator while somebody listens. Default: 0.5 s.</summary>
    public TimeSpan EventInterval { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long a stream of events may be silent. Default: 15 s, well below what proxies wait.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);
}
