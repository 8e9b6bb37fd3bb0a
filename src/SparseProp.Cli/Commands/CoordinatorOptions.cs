using System.CommandLine;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Commands;

/// <summary>The options that say where the coordinator is, and how a command speaks to it.</summary>
internal sealed class CoordinatorOptions
{
    public const string AddressVariable = "SPARSEPROP_COORDINATOR";
    /// <summary>Names the file of the coordinator's token.</summary>
    public const string TokenFile = "--token-file";

    private const string TokenVariable = "SPARSEPROP_TOKEN_FILE";

    private readonly Option<string> _addresses = new("--coordinator")
    {
        Description = $"Where coordinators may be; the one that is ready is used. Environment: {AddressVariable}.",
        HelpName = "HOST:PORT[,HOST:PORT]",
        DefaultValueFactory = _ =>
            Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } given ? given : $"127.0.0.1:{HostPort.StandardPort}",
    };

    private readonly Option<string?> _tokenFile = TokenFileOption();

    /// <summary>The option that names the file of the coordinator's token.</summary>
    public static Option<string?> TokenFileOption() => new(TokenFile)
    {
        Description = $"File that holds the coordinator's token. Environment: {TokenVariable}.",
        HelpName = "FILE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } given ? given : null,
    };

    public void AddTo(Command command)
    {
        command.Add(_addresses);
        command.Add(_tokenFile);
    }

    /// <summary>Those that were given, for another command that is to find the same coordinator.</summary>
    public IEnumerable<string> In(ParseResult parsed) =>
        ((Option<string?>[])[_addresses!, _tokenFile])
            .Where(option => parsed.GetResult(option) is { Implicit: false })
            .SelectMany(option => (string[])[option.Name, parsed.GetValue(option)!]);

    /// <summary>Lets a command speak to the coordinator, and says what went wrong as the command line says it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="use">What to do.</param>
    /// <param name="onTrouble">Is told why a request is repeated.</param>
    /// <returns>What <paramref name="use"/> returns.</returns>
    /// <exception cref="UserError">It went wrong.</exception>
    public async Task<int> UseAsync(ParseResult parsed, Func<CoordinatorClient, Task<int>> use, Action<string>? onTrouble = null)
    {
        var addresses = AddressesIn(parsed.GetValue(_addresses)!);
        using var client = new CoordinatorClient(addresses, TokenIn(parsed.GetValue(_tokenFile)), onTrouble);
        try
        {
            return await use(client);
        }
        catch (CoordinatorUnreachableException unreachable)
        {
            throw new UserError(
                ExitCode.Unreachable,
                $"no coordinator is ready: {unreachable.Message}\n"
                + "sparseprop: start one with 'sparseprop node coordinator --store DIR', "
                + $"or say where it is with {_addresses.Name} HOST:PORT or {AddressVariable}");
        }
        catch (MalformedAnswerException malformed)
        {
            throw new UserError(ExitCode.Failed, malformed.Message);
        }
        catch (CoordinatorException refusal)
        {
            throw ErrorOf(refusal.Problem);
        }
    }

    /// <summary>What a refusal of the coordinator means on the command line.</summary>
    public static UserError ErrorOf(ProblemDocument problem)
    {
        var exitCode = problem.Status is 400 or 401 or 413 ? ExitCode.Invalid : ExitCode.Failed;
        var message = problem.Status == 401
            ? $"{problem.Detail}; name the file that holds it with {TokenFile} FILE or {TokenVariable}"
            : problem.Detail;
        return new UserError(exitCode, message) { IsPlain = problem.Errors is not null };
    }

    private List<HostPort> AddressesIn(string text)
    {
        List<HostPort> addresses = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            addresses.Add(HostPort.TryParse(part, out var address) && address.Port > 0
                ? address
                : throw new UserError(
                    ExitCode.Invalid, $"'{part}' is no address; {_addresses.Name} takes HOST:PORT, such as 127.0.0.1:9110"));
        }

        return addresses.Count > 0
            ? addresses
            : throw new UserError(ExitCode.Invalid, $"{_addresses.Name} names no coordinator; write HOST:PORT, such as 127.0.0.1:9110");
    }

    internal static string? TokenIn(string? file)
    {
        if (file is null)
        {
            return null;
        }

        try
        {
            var token = SmallFile.ReadText(file).Trim();
            return token.Length > 0 && token.All(char.IsAscii) && !token.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
                ? token
                : throw new UserError(ExitCode.Invalid, $"{file} holds no token; it has one line of visible ASCII characters");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Unreadable("token file", file, error);
        }
    }
}
