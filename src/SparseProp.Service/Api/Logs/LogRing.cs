using Microsoft.Extensions.Logging;
using SparseProp.Client.Documents;

namespace SparseProp.Service.Api.Logs;

/// <summary>The process's latest log lines. For use by any thread.</summary>
internal sealed class LogRing
{
    /// <summary>How many lines are kept.</summary>
    public const int MostLines = 5000;

    private readonly Lock _lock = new();
    private readonly (LogLevel Level, LogLineDocument Line)[] _lines = new (LogLevel, LogLineDocument)[MostLines];
    private long _written;
    private TaskCompletionSource? _more;

    /// <summary>Adds a line.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="line">It, as the number it gets says.</param>
    public void Add(LogLevel level, Func<long, LogLineDocument> line)
    {
        TaskCompletionSource? more;
        lock (_lock)
        {
            var number = ++_written;
            _lines[number % MostLines] = (level, line(number));
            (more, _more) = (_more, null);
        }

        more?.TrySetResult();
    }

    /// <summary>The latest lines, oldest first.</summary>
    /// <param name="most">How many of them.</param>
    /// <param name="least">Only those of this level and above.</param>
    /// <param name="last">Number of the last line there was, of whatever level.</param>
    public IReadOnlyList<LogLineDocument> Latest(int most, LogLevel least, out long last)
    {
        var lines = After(0, least, out last);
        return [.. lines.Skip(lines.Count - most)];
    }

    /// <summary>The lines after one, as far as they are kept, oldest first.</summary>
    /// <param name="number">Number of that line.</param>
    /// <param name="least">Only those of this level and above.</param>
    /// <param name="last">Number of the last line there was, of whatever level.</param>
    public IReadOnlyList<LogLineDocument> After(long number, LogLevel least, out long last)
    {
        lock (_lock)
        {
            last = _written;
            List<LogLineDocument> lines = [];
            for (var next = Math.Max(number, _written - MostLines) + 1; next <= _written; next++)
            {
                var (level, line) = _lines[next % MostLines];
                if (level >= least)
                {
                    lines.Add(line);
                }
            }

            return lines;
        }
    }

    /// <summary>Waits until there are lines after this one.</summary>
    public Task WaitAsync(long number, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _written > number
                ? Task.CompletedTask
                : (_more ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellation);
        }
    }
}
