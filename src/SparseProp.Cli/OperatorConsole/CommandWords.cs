using System.CommandLine.Parsing;

namespace SparseProp.Cli.OperatorConsole;

/// <summary>A line of the console as words: spaces separate them outside of double quotes.</summary>
internal static class CommandWords
{
    /// <summary>What is wrong with a line whose quotes are not closed.</summary>
    public const string Unclosed = "a quotation mark (\") is not closed";

    /// <summary>The words; null where a quotation mark is not closed.</summary>
    public static IReadOnlyList<string>? In(string line) =>
        line.Count(c => c == '"') % 2 == 0 ? [.. CommandLineParser.SplitCommandLine(line)] : null;
}
