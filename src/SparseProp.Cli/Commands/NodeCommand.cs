using System.Collections;
using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Cluster.Hosting;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop node</c>: a process that is a node of a cluster until it is told to end.</summary>
internal static class NodeCommand
{
    private const string ConfigVariable = "SPARSEPROP_CONFIG";

    public static Command Create() => new("node", "Run a node of a cluster until it is told to end.")
    {
        Create("coordinator", NodeRole.Coordinator, "Hold the stores, and lease points to workers."),
        Create("worker", NodeRole.Worker, "Simulate what the coordinator leases."),
        Create("all", NodeRole.All, "A coordinator and a worker in one process."),
    };

    private static Command Create(string name, NodeRole role, string description)
    {
        var command = new Command(name, description);
        var config = new Option<string?>("--config")
        {
            Description = $"JSON file with the settings below, by their names. Environment: {ConfigVariable}.",
            HelpName = "FILE",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(ConfigVariable) is { Length: > 0 } file ? file : null,
        };
        command.Add(config);
        var flags = NodeSetting.All
            .Where(setting => (setting.Roles & role) != 0)
            .Select(setting => (setting.Name, Option: OptionFor(setting)))
            .ToList();
        foreach (var (_, option) in flags)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => RunAsync(
            role,
            flags.Where(flag => parsed.GetResult(flag.Option) is { Implicit: false })
                .ToDictionary(flag => flag.Name, flag => flag.Option is Option<string> text ? parsed.GetValue(text)! : "true"),
            parsed.GetValue(config),
            cancellation));
        return command;
    }

    private static Option OptionFor(NodeSetting setting)
    {
        var description = $"{setting.Meaning} Environment: {setting.Variable}.";
        return setting.IsSwitch
            ? new Option<bool>(setting.Flag) { Description = description }
            : new Option<string>(setting.Flag) { Description = description, HelpName = setting.Value };
    }

    private static async Task<int> RunAsync(
        NodeRole role, Dictionary<string, string> flags, string? config, CancellationToken cancellation)
    {
        try
        {
            var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
            var options = NodeOptionsReader.Read(role, flags, environment, config);
            await NodeProcess.RunAsync(
                role, options, Provenance.OfThisRun(), StandardErrorLog.Configure, Console.Out.WriteLine, cancellation);
            return ExitCode.Ok;
        }
        catch (NodeOptionsException invalid)
        {
            throw new UserError(ExitCode.Invalid, string.Join($"{Environment.NewLine}sparseprop: ", invalid.Errors));
        }
        catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
        {
            throw new UserError(ExitCode.Failed, $"the node cannot listen: {error.Message}");
        }
    }
}
