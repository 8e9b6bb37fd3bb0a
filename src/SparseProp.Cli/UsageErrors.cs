using System.CommandLine;
using System.CommandLine.Parsing;
using SparseProp.Engine;

namespace SparseProp.Cli;

/// <summary>What is wrong with a command line, with what was probably meant.</summary>
internal static class UsageErrors
{
    /// <summary>A sentence for each; empty where it can be run.</summary>
    public static IReadOnlyList<string> In(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;

        // Help clears all errors, but of a command that is not there it shows another's. Completions, too, are asked for by a directive.
        if (parsed.Action is { ClearsParseErrors: true }
            && parsed.Tokens.All(token => token.Type != TokenType.Directive)
            && command.Subcommands.Count > 0
            && parsed.UnmatchedTokens is [var asked, ..])
        {
            return [NoCommand(command, asked)];
        }

        if (parsed.Errors.Count == 0)
        {
            return [];
        }

        if (command.Action is null && parsed.UnmatchedTokens is [var name, ..])
        {
            return [NoCommand(command, name)];
        }

        var unknown = Unknown(command, parsed.UnmatchedTokens);
        var told = parsed.UnmatchedTokens.Select(token => $"'{token}'").ToList();
        return
        [
            .. unknown,
            .. parsed.Errors.Select(error => error.Message).Where(message => unknown.Count == 0 || !told.Any(message.Contains)).Distinct(),
        ];
    }

    /// <summary>Whether only the name of a command lacks: its help answers that.</summary>
    public static bool IsIncomplete(ParseResult parsed) =>
        parsed.CommandResult.Command.Action is null && parsed.UnmatchedTokens.Count == 0 && parsed.Errors.Count > 0;

    private static string NoCommand(Command command, string name)
    {
        var known = NamesIn(command);
        return name.StartsWith('-')
            ? UnknownOption(command, name)
            : $"there is no command '{CommandLine.NameOf(command)} {name}'{NearestName.Hint(name, known)}; there are {string.Join(", ", known)}";
    }

    private static List<string> NamesIn(Command command) => [.. command.Subcommands.Where(child => !child.Hidden).Select(child => child.Name)];

    // What follows an unknown option may be its value, and tells nothing.
    private static List<string> Unknown(Command command, IReadOnlyList<string> unmatched)
    {
        List<string> errors = [];
        var isValue = false;
        foreach (var word in unmatched)
        {
            if (word.StartsWith('-') && word.Length > 1)
            {
                errors.Add(UnknownOption(command, word.Split('=')[0]));
                isValue = true;
            }
            else if (!isValue)
            {
                errors.Add($"'{word}' is one word too many{NearestName.Hint(word, NamesIn(command))}; {CommandLine.NameOf(command)} takes {ArgumentsOf(command)}. Words with spaces need quotes");
            }
        }

        return errors;
    }

    private static string UnknownOption(Command command, string option)
    {
        var known = command.Options.Where(one => !one.Hidden).SelectMany(one => (string[])[one.Name, .. one.Aliases]).Where(name => name.StartsWith("--", StringComparison.Ordinal));
        return $"there is no option {option} of {CommandLine.NameOf(command)}{NearestName.Hint(option, known)}";
    }

    private static string ArgumentsOf(Command command) => command.Arguments.Count == 0
        ? "options only"
        : string.Join(' ', command.Arguments.Select(argument => argument.Name));
}
