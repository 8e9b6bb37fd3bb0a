using System.Collections;
using System.CommandLine;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Cli.Commands;

/// <summary>The options of a <c>node</c> command: one for each setting of its role. What they mean is the reader's business.</summary>
internal sealed class NodeFlags
{
    private readonly NodeRole _role;
    private readonly Dictionary<NodeSetting, Option> _options = [];
    private readonly Option<string?> _config = ConfigOption();

    public NodeFlags(NodeRole role)
    {
        _role = role;
        foreach (var setting in NodeSetting.All.Where(setting => (setting.Roles & role) != 0))
        {
            var description = $"{setting.Meaning} Environment: {setting.Variable}.";
            _options.Add(setting, setting.IsSwitch
                ? new Option<bool>(setting.Flag) { Description = description }
                : new Option<string?>(setting.Flag) { Description = description, HelpName = setting.Value });
        }
    }

    /// <summary>The option that names the configuration file.</summary>
    public static Option<string?> ConfigOption() => new("--config")
    {
        Description = "JSON file of settings by the names of these flags. Flags go first, then the environment, then the file.",
        HelpName = "FILE",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SPARSEPROP_CONFIG") is { Length: > 0 } given ? given : null,
    };

    public void AddTo(Command command)
    {
        foreach (var option in _options.Values)
        {
            command.Add(option);
        }

        command.Add(_config);
    }

    /// <summary>Reads flags, environment and configuration file.</summary>
    /// <exception cref="UserError">Something cannot be right; all of it is named.</exception>
    public NodeOptions Read(ParseResult parsed)
    {
        try
        {
            return NodeOptionsReader.Read(_role, FlagsIn(parsed), EnvironmentOfThisProcess(), parsed.GetValue(_config));
        }
        catch (NodeOptionsException invalid)
        {
            throw new UserError(ExitCode.Invalid, string.Join("\nsparseprop: ", invalid.Errors));
        }
    }

    private Dictionary<string, string> FlagsIn(ParseResult parsed)
    {
        Dictionary<string, string> flags = [];
        foreach (var (setting, option) in _options)
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                flags.Add(setting.Name, TextOf(parsed, option));
            }
        }

        return flags;
    }

    private static string TextOf(ParseResult parsed, Option option) => option is Option<bool> flag
        ? parsed.GetValue(flag).ToString()
        : parsed.GetValue((Option<string?>)option) ?? "";

    /// <summary>The environment that settings are read from.</summary>
    public static Dictionary<string, string> EnvironmentOfThisProcess() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
            variable => (string)variable.Key, variable => (string?)variable.Value ?? "");
}
