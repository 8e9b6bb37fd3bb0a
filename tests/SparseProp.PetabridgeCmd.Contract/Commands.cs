namespace Petabridge.Cmd;

// What Petabridge.Cmd's public documentation and samples show of it, as far as the adapter uses it. It is not the package.

public sealed record CommandArgument(string Name, string Description, bool Mandatory, IReadOnlyList<string> Switch);

public sealed class CommandDefinition(string name, string description, IReadOnlyList<CommandArgument> arguments)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    public IReadOnlyDictionary<string, CommandArgument> ArgumentsByName { get; } = arguments.ToDictionary(argument => argument.Name);
}

public sealed class CommandArgumentBuilder
{
    private readonly List<string> _switches = [];
    private string? _name;
    private string? _description;
    private bool _mandatory;

    public CommandArgumentBuilder WithName(string name)
    {
        _name = name;
        return this;
    }

    public CommandArgumentBuilder WithDescription(string description)
    {
        _description = description;
        return this;
    }

    public CommandArgumentBuilder IsMandatory(bool mandatory)
    {
        _mandatory = mandatory;
        return this;
    }

    public CommandArgumentBuilder WithSwitch(string name)
    {
        _switches.Add(name);
        return this;
    }

    internal CommandArgument Build() => _switches.Count > 0
        ? new(_name!, _description!, _mandatory, _switches)
        : throw new InvalidOperationException($"The argument {_name} has no switch.");
}

public sealed class CommandDefinitionBuilder
{
    private readonly List<CommandArgument> _arguments = [];
    private string? _name;
    private string? _description;

    public CommandDefinitionBuilder WithName(string name)
    {
        _name = name;
        return this;
    }

    public CommandDefinitionBuilder WithDescription(string description)
    {
        _description = description;
        return this;
    }

    public CommandDefinitionBuilder WithArgument(Func<CommandArgumentBuilder, CommandArgumentBuilder> describe)
    {
        _arguments.Add(describe(new CommandArgumentBuilder()).Build());
        return this;
    }

    public CommandDefinition Build() => new(_name!, _description!, _arguments);
}

public sealed class CommandPalette(string moduleName, CommandDefinition[] commands)
{
    public string ModuleName { get; } = moduleName;

    public IReadOnlyList<CommandDefinition> Commands { get; } = commands;
}

public sealed record Command(string Palette, string Name, IReadOnlyList<Tuple<string, string>> Arguments);

public class CommandResponse(string text, bool final = true)
{
    public static readonly CommandResponse Empty = new("");

    public string Text { get; } = text;

    public bool Final { get; } = final;
}

public sealed class ErroredCommandResponse(string text) : CommandResponse(text);
