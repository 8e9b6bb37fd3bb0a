using Akka.Event;
using Akka.Remote;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Hosting.Logging;

/// <summary>Akka's logger for what happens before its loggers start and after they stop.</summary>
public sealed class StandardErrorLogger : MinimalLogger
{
    protected override void Log(object message)
    {
        // What is still sent while a system ends has nowhere to go, which is no news.
        if (message is not Error { Cause: RemoteTransportException })
        {
            Console.Error.WriteLine(VisibleText.Lines($"{message}"));
        }
    }
}
