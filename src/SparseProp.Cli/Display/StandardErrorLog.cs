using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using SparseProp.Service.Hosting.Logging;

namespace SparseProp.Cli.Display;

/// <summary>Log lines of the cluster go to standard error; standard output is for results.</summary>
internal static class StandardErrorLog
{
    public static void Configure(ILoggingBuilder logging) =>
        logging
            .AddConsoleFormatter<TextLineFormatter, ConsoleFormatterOptions>()
            .AddConsole(console =>
            {
                console.FormatterName = TextLineFormatter.FormatterName;
                console.LogToStandardErrorThreshold = LogLevel.Trace;
            });

    /// <summary>What writes the log in a format.</summary>
    public static Action<ILoggingBuilder> Of(LogFormat format) => format switch
    {
        LogFormat.Json => ConfigureJson,
        _ => Configure,
    };

    private static void ConfigureJson(ILoggingBuilder logging) =>
        logging
            .AddConsoleFormatter<JsonLineFormatter, ConsoleFormatterOptions>()
            .AddConsole(console =>
            {
                console.FormatterName = JsonLineFormatter.FormatterName;
                console.LogToStandardErrorThreshold = LogLevel.Trace;
            });
}
