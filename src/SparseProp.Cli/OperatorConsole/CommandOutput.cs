using SparseProp.Cluster.Api.Client;

namespace SparseProp.Cli.OperatorConsole;

/// <summary>Runs commands of a node and prints what they say: results on standard output, why they fail on standard error.</summary>
internal sealed class CommandOutput(ConsoleLine line)
{
    /// <summary>Runs one.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var exit = ExitCode.Failed;
        await foreach (var part in line.RunAsync(words, cancellation))
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
