using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;

namespace SparseProp.Service.Palettes;

/// <summary>Palettes as the command line library parses, completes and explains them.</summary>
internal sealed class CommandTree
{
    // A line may come from anybody: no @FILE in it is read.
    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    private readonly Command _root = new("pbm", "Commands of the coordinator.");
    private readonly Dictionary<Command, PaletteCommand> _commands = [];
    private readonly Dictionary<(PaletteCommand Command, string Argument), Symbol> _symbols = [];

    /// <param name="palettes">What it understands.</param>
    /// <param name="known">Values to complete with, by their kind.</param>
    public CommandTree(IReadOnlyList<Palette> palettes, IReadOnlyDictionary<PaletteValue, IReadOnlyList<string>> known)
    {
        _root.Add(new HelpOption());
        foreach (var palette in palettes)
        {
            var group = new Command(palette.Name, palette.Description);
            foreach (var command in palette.Commands)
            {
                group.Add(Describe(command, known));
            }

            _root.Add(group);
        }
    }

    public ParseResult Parse(IReadOnlyList<string> arguments) => _root.Parse(arguments, Parser);

    public ParseResult Parse(string line) => _root.Parse(line, Parser);

    /// <summary>The command that a line is for; null where it stops at a palette or before.</summary>
    public PaletteCommand? CommandIn(ParseResult parsed) => _commands.GetValueOrDefault(parsed.CommandResult.Command);

    /// <summary>What was given, by the arguments' names.</summary>
    public Dictionary<string, string> ValuesIn(ParseResult parsed, PaletteCommand command)
    {
        var values = new Dictionary<string, string>();
        foreach (var argument in command.Arguments)
        {
            var value = _symbols[(command, argument.Name)] switch
            {
                Option<bool> flag => parsed.GetValue(flag) ? "true" : null,
                Option<string?> option => parsed.GetValue(option),
                Argument<string?> place => parsed.GetValue(place),
                var other => throw new InvalidOperationException($"{other.Name} is no argument of a palette."),
            };
            if ((value ?? argument.Default) is { } given)
            {
                values[argument.Name] = given;
            }
        }

        return values;
    }

    private Command Describe(PaletteCommand command, IReadOnlyDictionary<PaletteValue, IReadOnlyList<string>> known)
    {
        var described = new Command(command.Name, command.Description);
        foreach (var argument in command.Arguments)
        {
            var symbol = Describe(argument, known.GetValueOrDefault(argument.Kind, []));
            _symbols.Add((command, argument.Name), symbol);
            if (symbol is Option option)
            {
                described.Add(option);
            }
            else
            {
                described.Add((Argument)symbol);
            }
        }

        _commands.Add(described, command);
        return described;
    }

    private static Symbol Describe(PaletteArgument argument, IReadOnlyList<string> known)
    {
        var description = argument.Default is { } value ? $"{argument.Description} [default: {value}]" : argument.Description;
        if (argument.Kind == PaletteValue.Flag)
        {
            return new Option<bool>(argument.Switches[0], [.. argument.Switches.Skip(1)]) { Description = description };
        }

        var name = argument.Name.ToUpperInvariant();
        if (argument.Switches.Count > 0)
        {
            var option = new Option<string?>(argument.Switches[0], [.. argument.Switches.Skip(1)])
            {
                Description = description,
                Required = argument.IsMandatory,
                HelpName = name,
            };
            option.CompletionSources.Add(_ => known.Select(text => new CompletionItem(text)));
            return option;
        }

        var place = new Argument<string?>(name)
        {
            Description = description,
            Arity = argument.IsMandatory ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        };
        place.CompletionSources.Add(_ => known.Select(text => new CompletionItem(text)));
        return place;
    }
}
