using System.Globalization;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Palettes;

/// <summary>A command with what was given to it, and where its lines go.</summary>
/// <param name="values">What was given, by the arguments' names.</param>
/// <param name="write">Takes a line. Waits for a slow reader.</param>
/// <param name="width">Characters of a line of the terminal that shows it; no limit unless said.</param>
public sealed class PaletteCall(
    IReadOnlyDictionary<string, string> values, Func<string, CancellationToken, Task> write, int width = TableLayout.Unlimited)
{
    /// <summary>Whether JSON is wanted.</summary>
    public bool Json => Has(PaletteArgument.Json.Name);

    /// <summary>Characters of a line: tables are fitted to it.</summary>
    public int Width => width;

    /// <summary>Whether it was given, or has a default.</summary>
    public bool Has(string argument) => values.ContainsKey(argument);

    /// <summary>What was given, or the default.</summary>
    /// <exception cref="PaletteException">Neither.</exception>
    public string Get(string argument) =>
        values.TryGetValue(argument, out var value) ? value : throw PaletteException.Usage($"{argument} is missing");

    /// <summary>What was given as a number, or the default.</summary>
    /// <exception cref="PaletteException">Neither, or no whole number from 1.</exception>
    public int GetNumber(string argument) =>
        int.TryParse(Get(argument), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw PaletteException.Usage($"{argument} is a whole number from 1, not '{Get(argument)}'");

    /// <summary>Prints a text of one or several lines, with escapes for what a terminal would obey.</summary>
    public async Task WriteAsync(string text, CancellationToken cancellation)
    {
        foreach (var line in text.Split('\n'))
        {
            await write(VisibleText.Lines(line.TrimEnd('\r')), cancellation);
        }
    }
}
