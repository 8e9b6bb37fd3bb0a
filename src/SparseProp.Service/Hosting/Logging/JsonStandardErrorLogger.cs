using Akka.Event;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace SparseProp.Service.Hosting.Logging;

/// <summary>As <see cref="StandardErrorLogger"/>, where the log is JSON.</summary>
public sealed class JsonStandardErrorLogger : MinimalLogger
{
    private static readonly Dictionary<string, object?> Nothing = [];

    protected override void Log(object message)
    {
        if (LateLog.IsNews(message))
        {
            Console.Error.WriteLine(message is LogEvent entry
                ? JsonLine.Write(
                    entry.Timestamp, LateLog.LevelOf(entry), LateLog.CategoryOf(entry), entry.ToString(), (entry as Error)?.Cause, Nothing)
                : JsonLine.Write(TimeProvider.System.GetUtcNow(), LogLevel.Warning, "Akka", $"{message}", exception: null, Nothing));
        }
    }
}
