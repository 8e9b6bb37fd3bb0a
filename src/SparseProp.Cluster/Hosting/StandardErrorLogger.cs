using Akka.Event;

namespace SparseProp.Cluster.Hosting;

/// <summary>Akka's logger for what happens before its loggers start and after they stop.</summary>
public sealed class StandardErrorLogger : MinimalLogger
{
    protected override void Log(object message) => Console.Error.WriteLine(message);
}
