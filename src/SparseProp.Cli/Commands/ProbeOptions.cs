using System.CommandLine;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop node --probe</c>: whether the node of this machine is well, for health checks of whatever runs it.</summary>
internal sealed class ProbeOptions
{
    private readonly Option<bool> _probe = new("--probe")
    {
        Description = "Do not run a node: ask the one that runs here with these settings whether it is ready, and end with 0 if so and with 3 if not.",
    };

    private readonly Option<bool> _live = new("--live") { Description = "With --probe: ask only whether it serves, even if it is not ready." };

    private readonly Option<string?> _http = new("--http")
    {
        Description = "With --probe: where it serves HTTP. Environment: SPARSEPROP_HTTP. [default: 127.0.0.1:9110]",
        HelpName = "HOST:PORT",
    };

    private readonly Option<string?> _config = NodeFlags.ConfigOption();

    public void AddTo(Command command)
    {
        command.Add(_probe);
        command.Add(_live);
        command.Add(_http);
        command.Add(_config);
        command.SetAction((parsed, cancellation) => parsed.GetValue(_probe)
            ? ProbeAsync(parsed, cancellation)
            : throw new UserError(
                ExitCode.Invalid, "which node? 'sparseprop node coordinator', 'worker' or 'all'; or --probe, to ask one that runs"));
    }

    private async Task<int> ProbeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var http = AddressIn(parsed) ?? throw new UserError(ExitCode.Invalid, "the node's settings say --http off: there is nobody to ask");
        var health = await NodeProbe.AskAsync(http, parsed.GetValue(_live), cancellation);
        (health.Ok ? Console.Out : Console.Error).WriteLine(string.Join('\n', [health.Ok ? "ready" : "not ready", .. health.Reasons]));
        return health.Ok ? ExitCode.Ok : ExitCode.Unreachable;
    }

    private HostPort? AddressIn(ParseResult parsed)
    {
        Dictionary<string, string> flags = parsed.GetValue(_http) is { } http ? new() { ["http"] = http } : [];
        try
        {
            return NodeOptionsReader.ReadHttp(flags, NodeFlags.EnvironmentOfThisProcess(), parsed.GetValue(_config));
        }
        catch (NodeOptionsException invalid)
        {
            throw new UserError(ExitCode.Invalid, string.Join("\nsparseprop: ", invalid.Errors));
        }
    }
}
