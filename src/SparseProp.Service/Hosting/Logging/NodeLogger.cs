using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Event;
using Akka.Hosting.Logging;

namespace SparseProp.Service.Hosting.Logging;

/// <summary>Whether all that Akka says of connections goes to the log.</summary>
internal sealed class NodeLoggerSetup(bool isVerbose) : Setup
{
    public bool IsVerbose => isVerbose;
}

/// <summary>Akka's logger that writes to the host's. Akka makes it.</summary>
#pragma warning disable CA1812 // See above.
internal sealed class NodeLogger : LoggerFactoryLogger
#pragma warning restore CA1812
{
    private readonly RemotingFailures? _failures =
        Context.System.Settings.Setup.Get<NodeLoggerSetup>() is { HasValue: true, Value.IsVerbose: true } ? null : new RemotingFailures(TimeProvider.System);

    protected override void Log(LogEvent log, ActorPath path)
    {
        if ((_failures is null ? log : _failures.Instead(log)) is { } entry)
        {
            base.Log(entry, path);
        }
    }
}
