namespace SparseProp.Cluster.Tests;

/// <summary>A clock that only the test moves.</summary>
internal sealed class SetClock : TimeProvider
{
    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;
}
