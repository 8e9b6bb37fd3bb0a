using Akka.TestKit;

namespace SparseProp.Cluster.Tests;

/// <summary>The time of a scheduler that only the test moves.</summary>
internal sealed class SchedulerClock(TestScheduler scheduler) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => scheduler.Now.UtcTicks;

    public override DateTimeOffset GetUtcNow() => scheduler.Now;
}
