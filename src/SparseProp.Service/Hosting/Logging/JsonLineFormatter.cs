using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace SparseProp.Service.Hosting.Logging;

/// <summary>Writes each entry of the log as a JSON object on a line of its own.</summary>
public sealed class JsonLineFormatter() : ConsoleFormatter(FormatterName)
{
    /// <summary>What the console's options call it.</summary>
    public const string FormatterName = "json-line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var values = new Dictionary<string, object?>();
        scopeProvider?.ForEachScope(static (scope, found) => AddTo(found, scope), values);
        AddTo(values, logEntry.State);
        textWriter.WriteLine(JsonLine.Write(
            TimeProvider.System.GetUtcNow(),
            logEntry.LogLevel,
            logEntry.Category,
            logEntry.Formatter(logEntry.State, logEntry.Exception),
            logEntry.Exception,
            values));
    }

    private static void AddTo(Dictionary<string, object?> values, object? state)
    {
        foreach (var (name, value) in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            values[name] = value;
        }
    }
}
