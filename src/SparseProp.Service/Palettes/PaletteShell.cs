using System.CommandLine;
using System.CommandLine.Help;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Palettes;

/// <summary>Carries out lines of an operator's console.</summary>
/// <param name="palettes">What it understands.</param>
/// <param name="valuesOf">What is there now of a kind, for completion; may take time, and fail.</param>
internal sealed class PaletteShell(
    IReadOnlyList<Palette> palettes, Func<PaletteValue, CancellationToken, Task<IReadOnlyList<string>>> valuesOf)
{
    private const string Help = "--help";

    private static readonly PaletteValue[] Completed = [PaletteValue.Sweep, PaletteValue.Worker, PaletteValue.Node];

    public IReadOnlyList<Palette> Palettes => palettes;

    /// <summary>Runs a command, or explains what there is: <c>help</c> may come first, or <c>--help</c> anywhere.</summary>
    /// <param name="arguments">The words of the line.</param>
    /// <param name="write">Takes a line of output.</param>
    /// <param name="width">Characters of a line of the terminal that shows it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="PaletteException">It cannot be carried out.</exception>
    public async Task RunAsync(
        IReadOnlyList<string> arguments, Func<string, CancellationToken, Task> write, int width, CancellationToken cancellation)
    {
        var tree = new CommandTree(palettes, new Dictionary<PaletteValue, IReadOnlyList<string>>());
        var parsed = tree.Parse(arguments switch
        {
            [] => [Help],
            ["help", ..] => [.. arguments.Skip(1), Help],
            _ => arguments,
        });
        if (parsed.Action is HelpAction && parsed.UnmatchedTokens is [var unknown, ..])
        {
            throw PaletteException.Usage($"There is no command '{VisibleText.Line(unknown)}'. '{HelpFor(parsed)}' shows what there is.");
        }

        if (parsed.Action is HelpAction)
        {
            var call = new PaletteCall(new Dictionary<string, string>(), write);
            await call.WriteAsync(HelpLayout.Fit(await ExplainAsync(parsed, cancellation), width).TrimEnd(), cancellation);
        }
        else if (parsed.Errors.Count > 0)
        {
            throw PaletteException.Usage($"{ErrorIn(parsed)} '{HelpFor(parsed)}' shows what there is.");
        }
        else if (tree.CommandIn(parsed) is { } command)
        {
            await command.RunAsync(new PaletteCall(tree.ValuesIn(parsed, command), write, width), cancellation);
        }
        else
        {
            throw PaletteException.Usage($"{string.Join(' ', arguments)} needs a command. '{HelpFor(parsed)}' shows what there is.");
        }
    }

    /// <summary>What may come next, or what the last word of the line may become.</summary>
    public async Task<IReadOnlyList<string>> CompleteAsync(string line, CancellationToken cancellation)
    {
        var known = new Dictionary<PaletteValue, IReadOnlyList<string>>();
        foreach (var kind in Completed)
        {
            known[kind] = await valuesOf(kind, cancellation);
        }

        var parsed = new CommandTree(palettes, known).Parse(line);
        try
        {
            return [.. parsed.GetCompletions(line.Length).Select(item => item.Label).Distinct()];
        }
        catch (InvalidOperationException)
        {
            // The library looks in vain for an option that it has split off a longer word, as '-?x': nothing completes that.
            return [];
        }
    }

    private static async Task<string> ExplainAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var output = new StringWriter();
        await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, cancellation);
        return output.ToString().Trim();
    }

    // Of a line with several faults the first word that nothing is known of: what follows it is seldom at fault.
    private static string ErrorIn(ParseResult parsed)
    {
        var errors = parsed.Errors.Select(error => error.Message);
        return parsed.UnmatchedTokens is [var unknown, ..]
            ? errors.FirstOrDefault(error => error.Contains($"'{unknown}'", StringComparison.Ordinal)) ?? errors.Last()
            : errors.Last();
    }

    private static string HelpFor(ParseResult parsed)
    {
        List<string> words = ["help"];
        for (var result = parsed.CommandResult; result.Parent is System.CommandLine.Parsing.CommandResult parent; result = parent)
        {
            words.Insert(1, result.Command.Name);
        }

        return string.Join(' ', words);
    }
}
