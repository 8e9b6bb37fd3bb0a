using SparseProp.Cli.Display;
using SparseProp.Cli.Output;
using SparseProp.Client;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.OperatorConsole;

/// <summary>Runs commands of a node and prints what they say: results on standard output, why they fail on standard error.</summary>
internal sealed class CommandOutput(ConsoleLine line)
{
    // What a node lays out at all.
    private const int NarrowestWidth = 20;

    // Beyond it, shells speak of signals, and what a process ends with is cut to a byte.
    private const int LargestExitCode = 125;

    /// <summary>Runs one. Once it has said something, it goes on only for as long as somebody reads what it says.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var exit = ExitCode.Ok;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        CancellationTokenRegistration unread = default;
        int? width = Terminal.Width == TableLayout.Unlimited ? null : Math.Max(NarrowestWidth, Terminal.Width - 1);
        try
        {
            await foreach (var part in line.RunAsync(words, width, ending.Token))
            {
                if (part.Text is { } text)
                {
                    await Console.Out.WriteLineAsync(text);
                }

                if (part.Error is { } error)
                {
                    await Console.Error.WriteLineAsync($"sparseprop: {error}");
                }

                exit = part.Exit is { } code ? (code is >= 0 and <= LargestExitCode ? code : ExitCode.Failed) : exit;
                if (unread == default)
                {
                    // Not before: what it is to do it does, whoever reads that.
                    unread = OutputReader.Gone.Register(ending.Cancel);
                }
            }
        }
        catch (OperationCanceledException) when (OutputReader.Gone.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // It goes on for nobody.
        }
        finally
        {
            await unread.DisposeAsync();
        }

        return exit;
    }
}
