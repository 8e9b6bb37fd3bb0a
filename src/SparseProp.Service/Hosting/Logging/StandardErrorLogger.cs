using Akka.Event;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace SparseProp.Service.Hosting.Logging;

/// <summary>Akka's logger for what happens before its loggers start and after they stop.</summary>
public sealed class StandardErrorLogger : MinimalLogger
{
    protected override void Log(object message)
    {
        if (LateLog.IsNews(message))
        {
            Console.Error.WriteLine(message is LogEvent entry
                ? TextLine.Write(LateLog.LevelOf(entry), LateLog.CategoryOf(entry), entry.ToString(), (entry as Error)?.Cause)
                : TextLine.Write(LogLevel.Warning, "Akka", $"{message}", exception: null));
        }
    }
}
