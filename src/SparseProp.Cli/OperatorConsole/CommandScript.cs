using System.Text;

namespace SparseProp.Cli.OperatorConsole;

/// <summary>Commands from a file or pipe, a line each; empty lines and what follows a <c>#</c> at the beginning of a line are passed over.</summary>
internal sealed class CommandScript(CommandOutput output)
{
    private const int MostCharacters = 1 << 16;

    /// <summary>Runs them in order, until one fails.</summary>
    /// <returns>The exit code of the one that failed; 0 where none did.</returns>
    public async Task<int> RunAsync(TextReader script, CancellationToken cancellation)
    {
        var number = 0;
        while (await ReadLineAsync(script, number + 1, cancellation) is { } text)
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

            if (CommandWords.In(line) is not { } words)
            {
                throw new UserError(ExitCode.Invalid, $"line {number}: {CommandWords.Unclosed}: {line}");
            }

            var exit = await output.RunAsync(words, cancellation);
            if (exit != ExitCode.Ok)
            {
                await Console.Error.WriteLineAsync($"sparseprop: stopped at line {number}: {line}");
                return exit;
            }
        }

        return ExitCode.Ok;
    }

    /// <summary>The next line; null at the end.</summary>
    private static async Task<string?> ReadLineAsync(TextReader script, int number, CancellationToken cancellation)
    {
        var line = new StringBuilder();
        var next = new char[1];
        while (await script.ReadAsync(next.AsMemory(), cancellation) > 0)
        {
            if (next[0] == '\n')
            {
                return line.ToString();
            }

            line.Append(next[0]);
            if (line.Length > MostCharacters)
            {
                throw new UserError(ExitCode.Invalid, FormattableString.Invariant($"line {number} is longer than {MostCharacters} characters: this is no script of commands"));
            }
        }

        return line.Length > 0 ? line.ToString() : null;
    }
}
