using System.CommandLine.Parsing;

namespace SparseProp.Cli.OperatorConsole;

/// <summary>Commands from a file or pipe, a line each; empty lines and what follows a <c>#</c> at the beginning of a line are passed over.</summary>
internal sealed class CommandScript(CommandOutput output)
{
    /// <summary>Runs them in order, until one fails.</summary>
    /// <returns>The exit code of the one that failed; 0 where none did.</returns>
    public async Task<int> RunAsync(TextReader script, CancellationToken cancellation)
    {
        var number = 0;
        while (await script.ReadLineAsync(cancellation) is { } text)
        {
            number++;
            var line = text.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line is "exit" or "quit")
            {
                break;
            }

            var exit = await output.RunAsync([.. CommandLineParser.SplitCommandLine(line)], cancellation);
            if (exit != ExitCode.Ok)
            {
                await Console.Error.WriteLineAsync($"sparseprop: stopped at line {number}: {line}");
                return exit;
            }
        }

        return ExitCode.Ok;
    }
}
