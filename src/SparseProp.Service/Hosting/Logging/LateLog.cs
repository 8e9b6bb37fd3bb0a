using Akka.Event;
using Akka.Remote;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace SparseProp.Service.Hosting.Logging;

/// <summary>What Akka says before its loggers start and after they stop.</summary>
internal static class LateLog
{
    /// <summary>Whether anybody should hear it. What is still sent while a system ends has nowhere to go, and how far it has ended, is no news.</summary>
    public static bool IsNews(object message) => message is not LogEvent entry || (LevelOf(entry) >= LogLevel.Warning && entry is not Error { Cause: RemoteTransportException });

    public static LogLevel LevelOf(LogEvent entry) => entry.LogLevel() switch
    {
        Akka.Event.LogLevel.DebugLevel => LogLevel.Debug,
        Akka.Event.LogLevel.InfoLevel => LogLevel.Information,
        Akka.Event.LogLevel.WarningLevel => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    public static string CategoryOf(LogEvent entry) => entry.LogClass.FullName ?? "Akka";
}
