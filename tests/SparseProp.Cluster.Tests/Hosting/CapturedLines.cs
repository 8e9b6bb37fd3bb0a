using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SparseProp.Service.Hosting.Logging;

namespace SparseProp.Cluster.Tests.Hosting;

/// <summary>What the formatter makes of the log, line by line.</summary>
internal sealed class CapturedLines : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly List<JsonObject> _lines = [];
    private readonly SemaphoreSlim _written = new(0);

    public IReadOnlyList<JsonObject> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    public Task<JsonObject> FirstAsync(string actor) => FirstAsync(line => ((string?)line["actor"])?.EndsWith(actor, StringComparison.Ordinal) == true);

    public async Task<JsonObject> FirstAsync(Predicate<JsonObject> isMeant)
    {
        while (true)
        {
            if (Lines.FirstOrDefault(line => isMeant(line)) is { } found)
            {
                return found;
            }

            Assert.True(await _written.WaitAsync(Hang.After, TestContext.Current.CancellationToken), "it said nothing");
        }
    }

    public ILogger CreateLogger(string categoryName) => new Captor(this, categoryName);

    public void Dispose() => _written.Dispose();

    private void Add(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.TrimEnd('\n'));
        lock (_lock)
        {
            _lines.Add(JsonNode.Parse(text)!.AsObject());
        }

        _written.Release();
    }

    private sealed class Captor(CapturedLines lines, string category) : ILogger
    {
        private readonly JsonLineFormatter _formatter = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var text = new StringWriter { NewLine = "\n" };
            _formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), scopeProvider: null, text);
            lines.Add(text.ToString());
        }
    }
}
