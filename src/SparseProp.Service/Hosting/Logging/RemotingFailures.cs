using System.Globalization;
using Akka.Event;

namespace SparseProp.Service.Hosting.Logging;

/// <summary>
/// What is said of connections that fail. Anybody can come to the port and go, and one who does costs several warnings and stack traces of
/// Akka's: there is one sentence a minute instead. Not for concurrent use.
/// </summary>
internal sealed class RemotingFailures(TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private static readonly string[] Sources = ["/system/endpointManager", "remoting (", "TcpClientHandler (", "TcpServerHandler ("];

    // How a node's joining comes along is said by the one who lets it join.
    private const string SeedProcess = "/joinSeedNodeProcess";

    // A node was named otherwise than it names itself, which whoever joins it finds out and says.
    private const string OtherName = "for non-local recipient";

    private long? _told;
    private long _untold;

    /// <summary>What to write instead of an entry; null for nothing.</summary>
    public LogEvent? Instead(LogEvent entry)
    {
        if (entry.LogLevel() < LogLevel.WarningLevel)
        {
            return entry;
        }

        var text = $"{entry.Message}";
        if (entry.LogSource.Contains(SeedProcess, StringComparison.Ordinal) || text.Contains(OtherName, StringComparison.Ordinal))
        {
            return new Info(entry.LogSource, entry.LogClass, text);
        }

        // What this program says itself is a sentence already, and who is given up for good is news.
        if (!Sources.Any(source => entry.LogSource.Contains(source, StringComparison.Ordinal)) || text.StartsWith("Refused ", StringComparison.Ordinal))
        {
            return entry;
        }

        if (text.Contains("uarantin", StringComparison.Ordinal))
        {
            return Sentence(entry, text);
        }

        if (_told is { } told && clock.GetElapsedTime(told) < Pause)
        {
            _untold++;
            return null;
        }

        var others = _untold == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({_untold} more such messages since the last)");
        (_told, _untold) = (clock.GetTimestamp(), 0);
        return Sentence(entry, $"A connection has failed: {text}", others);
    }

    private static Warning Sentence(LogEvent entry, string text, string rest = "")
    {
        var line = text.Split('\n')[0].Split(" Caused by:")[0].TrimEnd();
        var reason = entry switch
        {
            Error { Cause: { } cause } => cause.GetBaseException().Message.Split('\n')[0].TrimEnd(),
            Warning { Cause: { } cause } => cause.GetBaseException().Message.Split('\n')[0].TrimEnd(),
            _ => "",
        };
        return new Warning(
            entry.LogSource, entry.LogClass, line + (reason.Length == 0 || line.Contains(reason, StringComparison.Ordinal) ? "" : $": {reason}") + rest);
    }
}
