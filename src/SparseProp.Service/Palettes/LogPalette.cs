using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Results.Texts;
using SparseProp.Service.Api.Logs;

namespace SparseProp.Service.Palettes;

/// <summary><c>log</c>: what the node writes that is asked.</summary>
internal sealed class LogPalette(LogRing ring)
{
    private static readonly PaletteArgument Lines =
        new("lines", "How many of the latest lines.") { Switches = ["-n", "--lines"], Default = "20", Kind = PaletteValue.Number };

    private static readonly PaletteArgument Level =
        new("level", "Only lines of this level and above: trace, debug, information, warning, error or critical.")
        {
            Switches = ["-l", "--level"],
            Default = "information",
        };

    public Palette Create() => new(
        "log",
        "The node's log.",
        [
            new("peek", "Show the latest lines.", [Lines, Level, PaletteArgument.Json], PeekAsync),
            new("tail", "Show the latest lines and what follows, until interrupted.", [Lines, Level, PaletteArgument.Json], TailAsync),
        ]);

    private Task PeekAsync(PaletteCall call, CancellationToken cancellation) =>
        WriteAsync(call, ring.Latest(call.GetNumber(Lines.Name), LevelIn(call), out _), cancellation);

    private async Task TailAsync(PaletteCall call, CancellationToken cancellation)
    {
        var least = LevelIn(call);
        await WriteAsync(call, ring.Latest(call.GetNumber(Lines.Name), least, out var last), cancellation);
        while (true)
        {
            await ring.WaitAsync(last, cancellation);
            await WriteAsync(call, ring.After(last, least, out last), cancellation);
        }
    }

    private static LogLevel LevelIn(PaletteCall call)
    {
        var levels = LogRoute.Levels.ToDictionary(ApiJson.NameOf);
        return levels.TryGetValue(call.Get(Level.Name), out var level)
            ? level
            : throw PaletteException.Usage($"level is {string.Join(", ", levels.Keys)}, not '{call.Get(Level.Name)}'");
    }

    private static async Task WriteAsync(PaletteCall call, IReadOnlyList<LogLineDocument> lines, CancellationToken cancellation)
    {
        foreach (var line in lines)
        {
            await call.WriteAsync(
                call.Json ? JsonSerializer.Serialize(line, ApiJson.Default.LogLineDocument) : Text(line), cancellation);
        }
    }

    private static string Text(LogLineDocument line) => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.TimeUtc:yyyy-MM-ddTHH:mm:ss.fffZ}  {line.Level,-11}  {VisibleText.Line(line.Category)}: {VisibleText.Line(line.Message)}{(line.Exception is { } fault ? $"\n{fault}" : "")}");
}
