using System.Globalization;
using Microsoft.Extensions.Logging;

namespace SparseProp.Cluster.Api;

/// <summary>Writes log lines into a ring. One for each logger factory, for each has scopes of its own.</summary>
internal sealed class LogRingProvider(LogRing ring, TimeProvider clock) : ILoggerProvider, ISupportExternalScope
{
    /// <summary>How much of a line's texts is kept, in UTF-16 characters: about 8 KiB of UTF-8 in all.</summary>
    private const int MostMessage = 3 * 1024;

    private const int MostException = 3 * 1024;
    private const int MostName = 64;
    private const int MostValue = 192;
    private const int MostProperties = 8;
    private const string Template = "{OriginalFormat}";

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
        var (cutMessage, cutException) = (Cut(message, MostMessage), exception is null ? null : Cut(exception.ToString(), MostException));
        ring.Add(number => new LogLineDocument(number, now, ApiJson.NameOf(level), category, cutMessage, properties, cutException)
        {
            LevelOf = level,
        });
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
            if (name != Template && value is not null && (properties.Count < MostProperties || properties.ContainsKey(name)))
            {
                properties[Cut(name, MostName)] = Cut(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", MostValue);
            }
        }
    }

    private static string Cut(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1), "…");

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
