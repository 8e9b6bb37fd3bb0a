using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using SparseProp.Cli.OperatorConsole;
using SparseProp.Client;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop pbm</c>: the operator's console. What it understands is said by the node, not here.</summary>
internal static class PbmCommand
{
    /// <summary>The argument that holds the words of a command.</summary>
    public const string Words = "WORDS";

    private const string Name = "pbm";

    public static Command Create()
    {
        var words = new Argument<string[]>(Words)
        {
            Description =
                $"The node as HOST:PORT, by default the first of {CoordinatorOptions.AddressVariable}, or 127.0.0.1:9110, and a command for it, "
                + "such as 'cluster show'; none for a console, or for lines from standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var token = CoordinatorOptions.TokenFileOption();
        var command = new ExampledCommand(
            Name,
            "Operate a cluster: a console with palettes of commands, which come from the node. 'help' lists them.",
            "sparseprop pbm",
            "sparseprop pbm help",
            "sparseprop pbm sweep --help",
            "sparseprop pbm cluster show",
            "sparseprop pbm 10.0.0.7:9110 sweep list --json",
            "sparseprop pbm 10.0.0.7:9110 < evening.txt")
        {
            words, token,
        };

        // Options after the first word are the node's, and so is its help.
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellation) => RunAsync(parsed, token, cancellation));
        // Hidden, for the help of all commands is shown beside it.
        command.Add(new HelpOption { Hidden = true, Action = new HelpOfEither(token) });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Option<string?> tokenFile, CancellationToken cancellation)
    {
        var (address, words) = CallIn(parsed);
        var token = CoordinatorOptions.TokenIn(parsed.GetValue(tokenFile));
        using var line = new ConsoleLine(address, token);
        var output = new CommandOutput(line);
        try
        {
            if (words.Count > 0)
            {
                return await output.RunAsync(words, cancellation);
            }

            return Console.IsInputRedirected
                ? await new CommandScript(output).RunAsync(Console.In, cancellation)
                : await new InteractiveConsole(address, line, output).RunAsync(cancellation);
        }
        catch (CoordinatorUnreachableException unreachable)
        {
            throw new UserError(ExitCode.Unreachable, $"no console: {unreachable.Message}");
        }
        catch (MalformedAnswerException malformed)
        {
            throw new UserError(ExitCode.Failed, malformed.Message);
        }
        catch (CoordinatorException refusal)
        {
            throw CoordinatorOptions.ErrorOf(refusal.Problem);
        }
    }

    private static (HostPort Address, List<string> Words) CallIn(ParseResult parsed)
    {
        var words = WithoutTokenFile([.. parsed.Tokens.Select(part => part.Value).SkipWhile(part => part != Name).Skip(1)]).ToList();
        return (AddressIn(words), words);
    }

    private static IEnumerable<string> WithoutTokenFile(IReadOnlyList<string> given)
    {
        for (var i = 0; i < given.Count; i++)
        {
            if (given[i] == CoordinatorOptions.TokenFile)
            {
                i++;
            }
            else
            {
                yield return given[i];
            }
        }
    }

    // Taken from the front where it is one; no palette's name has a colon.
    private static HostPort AddressIn(List<string> words)
    {
        var text = Environment.GetEnvironmentVariable(CoordinatorOptions.AddressVariable)?.Split(',', StringSplitOptions.TrimEntries)[0];
        if (words is [var first, ..] && first.Contains(':', StringComparison.Ordinal))
        {
            (text, _) = (first, words.Remove(first));
        }

        if (string.IsNullOrEmpty(text))
        {
            return new HostPort("127.0.0.1", HostPort.StandardPort);
        }

        return HostPort.TryParse(text, out var address) && address.Port > 0
            ? address
            : throw new UserError(ExitCode.Invalid, $"'{text}' is no address; write HOST:PORT, such as 127.0.0.1:9110");
    }

    /// <summary>The program's help where nothing but the node is given; else the node's, of the palette or command that is.</summary>
    private sealed class HelpOfEither(Option<string?> token) : AsynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override async Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
        {
            if (CallIn(parseResult).Words is [var first, ..] && !first.StartsWith('-'))
            {
                return await RunAsync(parseResult, token, cancellationToken);
            }

            var ofAll = parseResult.RootCommandResult.Command.Options.OfType<HelpOption>().Single();
            return ((SynchronousCommandLineAction)ofAll.Action!).Invoke(parseResult);
        }
    }
}
