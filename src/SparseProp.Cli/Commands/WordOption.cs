using System.CommandLine;
using System.CommandLine.Parsing;
using SparseProp.Engine;

namespace SparseProp.Cli.Commands;

/// <summary>Options and arguments that take one of a few words.</summary>
internal static class WordOption
{
    /// <summary>Lets an option take these words and no others.</summary>
    public static void Restrict(Option option, IReadOnlyList<string> words)
    {
        option.Validators.Add(result => Check(result, option.Name, result.Tokens, words));
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. words]);
    }

    /// <summary>Lets an argument take these words and no others.</summary>
    public static void Restrict(Argument argument, IReadOnlyList<string> words)
    {
        argument.Validators.Add(result => Check(result, argument.Name, result.Tokens, words));
        argument.CompletionSources.Clear();
        argument.CompletionSources.Add([.. words]);
    }

    /// <summary>What is said of a word that is none of them.</summary>
    public static string Refusal(string name, string written, IReadOnlyList<string> words) =>
        $"{name} takes {string.Join(", ", words)}, not '{written}'{NearestName.Hint(written, words)}";

    private static void Check(SymbolResult result, string name, IReadOnlyList<Token> tokens, IReadOnlyList<string> words)
    {
        foreach (var token in tokens.Where(token => !words.Contains(token.Value)))
        {
            result.AddError(Refusal(name, token.Value, words));
        }
    }
}
