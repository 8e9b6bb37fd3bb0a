using Akka.Event;
using Akka.Remote;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace SparseProp.Service.Hosting.Logging;

/// <summary>As <see cref="StandardErrorLogger"/>, where the log is JSON.</summary>
public sealed class JsonStandardErrorLogger : MinimalLogger
{
    private static readonly Dictionary<string, object?> Nothing = [];

    protected override void Log(object message)
    {
        if (message is Error { Cause: RemoteTransportException })
        {
            return;
        }

        var line = message is LogEvent entry
            ? JsonLine.Write(
                entry.Timestamp, LevelOf(entry), entry.LogClass.FullName ?? "Akka", entry.ToString(), (entry as Error)?.Cause, Nothing)
            : JsonLine.Write(TimeProvider.System.GetUtcNow(), LogLevel.Warning, "Akka", message.ToString() ?? "", exception: null, Nothing);
        Console.Error.WriteLine(line);
    }

    private static LogLevel LevelOf(LogEvent entry) => entry.LogLevel() switch
    {
        Akka.Event.LogLevel.DebugLevel => LogLevel.Debug,
        Akka.Event.LogLevel.InfoLevel => LogLevel.Information,
        Akka.Event.LogLevel.WarningLevel => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}
