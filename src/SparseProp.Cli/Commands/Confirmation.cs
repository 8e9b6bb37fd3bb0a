using System.CommandLine;

namespace SparseProp.Cli.Commands;

/// <summary>Asks before something is removed that nothing brings back.</summary>
/// <param name="input">Where the answer comes from; null where nobody is there to give one.</param>
/// <param name="output">Where the question goes.</param>
internal sealed class Confirmation(TextReader? input, TextWriter output)
{
    private const string Yes = "--yes";

    public static Option<bool> Option() => new(Yes) { Description = "Do not ask." };

    /// <summary>Asks whoever sits at the terminal.</summary>
    public static Confirmation OfThisTerminal() => new(Console.IsInputRedirected ? null : Console.In, Console.Error);

    /// <summary>Returns if the answer is yes.</summary>
    /// <param name="what">What is removed, in words.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="UserError">It is no, or there is nobody to ask.</exception>
    public async Task RequireAsync(string what, CancellationToken cancellation)
    {
        if (input is null)
        {
            throw new UserError(ExitCode.Invalid, $"this removes {what} for good, and there is no terminal to ask at: say {Yes} to remove it");
        }

        await output.WriteAsync($"Remove {what} for good? [y/N] ".AsMemory(), cancellation);
        await output.FlushAsync(cancellation);
        var answer = await input.ReadLineAsync(cancellation);
        if (answer?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
        {
            throw new UserError(ExitCode.Failed, "nothing was removed");
        }
    }
}
