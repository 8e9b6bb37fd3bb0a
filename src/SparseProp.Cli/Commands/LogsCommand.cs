using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SparseProp.Cli.Output;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop logs</c>: the log of a coordinator's process.</summary>
internal static class LogsCommand
{
    private const long StandardLines = 200;

    public static Command Create()
    {
        var lines = NumberOption.Whole("--lines", "How many of the latest lines.", StandardLines);
        var level = new Option<string>("--level")
        {
            Description = "Only lines of this level and above.",
            DefaultValueFactory = _ => "information",
        };
        WordOption.Restrict(level, ["trace", "debug", "information", "warning", "error", "critical"]);
        var follow = new Option<bool>("--follow", "-f") { Description = "Print lines as they are written, until interrupted." };
        var json = new Option<bool>("--json") { Description = "Print each line as JSON, with all that it is about." };
        var coordinator = new CoordinatorOptions();
        var command = new ExampledCommand(
            "logs",
            "Show the log of a coordinator's process: the first of them that answers.",
            "sparseprop logs --level warning",
            "sparseprop logs --follow --lines 0",
            "sparseprop logs --json | jq 'select(.properties.Sweep == \"scaling-lif\")'") { lines, level, follow, json };
        coordinator.AddTo(command);
        command.SetAction((parsed, cancellation) => coordinator.UseAsync(parsed, async client =>
        {
            var isOver = await OutputReader.ServeAsync(
                async serving =>
                {
                    var asked = client.ReadLogsAsync(parsed.GetValue(lines), parsed.GetValue(level), parsed.GetValue(follow), serving);
                    await foreach (var line in asked)
                    {
                        Console.Out.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(line, ApiJson.Default.LogLineDocument) : Text(line));
                    }
                },
                cancellation);
            return isOver && parsed.GetValue(follow)
                ? throw new UserError(ExitCode.Unreachable, "the coordinator's process has ended")
                : ExitCode.Ok;
        }));
        return command;
    }

    private static string Text(LogLineDocument line)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{line.TimeUtc.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {line.Level} {VisibleText.Line(line.Category)}: {VisibleText.Line(line.Message)}");
        return line.Exception is null ? text : $"{text}\n{line.Exception}";
    }
}
