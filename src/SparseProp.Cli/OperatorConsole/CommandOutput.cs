using SparseProp.Cli.Display;
using SparseProp.Client;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.OperatorConsole;

/// <summary>Runs commands of a node and prints what they say: results on standard output, why they fail on standard error.</summary>
internal sealed class CommandOutput(ConsoleLine line)
{
    // What a node lays out at all.
    private const int NarrowestWidth = 20;

    /// <summary>Runs one.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var exit = ExitCode.Failed;
        int? width = Terminal.Width == TableLayout.Unlimited ? null : Math.Max(NarrowestWidth, Terminal.Width - 1);
        await foreach (var part in line.RunAsync(words, width, cancellation))
        {
            if (part.Text is { } text)
            {
                await Console.Out.WriteLineAsync(text);
            }

            if (part.Error is { } error)
            {
                await Console.Error.WriteLineAsync($"sparseprop: {error}");
            }

            exit = part.Exit ?? exit;
        }

        return exit;
    }
}
