using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using SparseProp.Client;
using SparseProp.Client.Documents;

namespace SparseProp.Service.Api.Logs;

/// <summary>Writes log lines into a ring. One for each logger factory, for each has scopes of its own.</summary>
internal sealed partial class LogRingProvider(LogRing ring, TimeProvider clock) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>How much of a line's texts is kept, in UTF-16 characters: about 8 KiB of UTF-8 in all.</summary>
    private const int MostMessage = 3 * 1024;

    private const int MostException = 3 * 1024;
    private const int MostName = 64;
    private const int MostValue = 192;
    private const int MostProperties = 8;

    // What Akka adds to each line is in the line's own fields.
    private static readonly string[] Unwanted = ["{OriginalFormat}", "ActorPath", "Timestamp", "Thread", "LogSource"];

    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => new RingLogger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        // The ring outlives the loggers.
    }

    private void Write(LogLevel level, string category, string message, Exception? exception, Dictionary<string, string> properties)
    {
        var now = clock.GetUtcNow();
        var head = AkkasHead().Match(message);
        var (source, said) = head.Success ? (head.Groups["source"].Value, message[head.Length..]) : (category, message);
        var (cutMessage, cutException) = (Cut(said, MostMessage), exception is null ? null : Cut(exception.ToString(), MostException));
        ring.Add(
            level, number => new LogLineDocument(number, now, ApiJson.NameOf(level), source, cutMessage, properties, cutException));
    }

    private Dictionary<string, string> PropertiesOf(object? state)
    {
        var properties = new Dictionary<string, string>();
        _scopes.ForEachScope(static (scope, found) => AddTo(found, scope), properties);
        AddTo(properties, state);
        return properties;
    }

    private static void AddTo(Dictionary<string, string> properties, object? state)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            return;
        }

        foreach (var (name, value) in pairs)
        {
            if (!Unwanted.Contains(name) && value is not null && (properties.Count < MostProperties || properties.ContainsKey(name)))
            {
                properties[Cut(name, MostName)] = Cut(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", MostValue);
            }
        }
    }

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1), "…");

    // [INFO][03/01/2026 12:00:00.000Z][Thread 0008][akka://sparseprop/user/sweeps/sweeps] and then the message.
    [GeneratedRegex(@"^\[[A-Z]+\]\[[^\]]*\]\[Thread [0-9]+\]\[(?<source>[^\]]{1,256})\] ", RegexOptions.ExplicitCapture)]
    private static partial Regex AkkasHead();

    private sealed class RingLogger(LogRingProvider provider, string category) : ILogger
    {
        public IDisposable BeginScope<TState>(TState state)
            where TState : notnull => provider._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            provider.Write(logLevel, category, formatter(state, exception), exception, provider.PropertiesOf(state));
    }
}
