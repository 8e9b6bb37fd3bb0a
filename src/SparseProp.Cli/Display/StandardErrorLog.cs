using Microsoft.Extensions.Logging;

namespace SparseProp.Cli.Display;

/// <summary>Log lines of the cluster go to standard error; standard output is for results.</summary>
internal static class StandardErrorLog
{
    public static void Configure(ILoggingBuilder logging) =>
        logging
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
