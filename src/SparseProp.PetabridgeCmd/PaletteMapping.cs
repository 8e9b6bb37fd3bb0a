using Petabridge.Cmd;
using SparseProp.Client.Documents;

namespace SparseProp.PetabridgeCmd;

/// <summary>
/// Palettes of a coordinator's console in the terms of Petabridge.Cmd. There every argument has a switch and a value, so an argument that
/// goes by its place gets its name as a switch, and a flag is set by any value but <c>false</c>.
/// </summary>
internal static class PaletteMapping
{
    private const string Flag = "flag";
    private const string Unset = "false";

    /// <summary>A palette as Petabridge.Cmd describes it to its clients.</summary>
    public static CommandPalette ToPetabridge(PaletteDocument palette) => new(palette.Name, [.. palette.Commands.Select(ToPetabridge)]);

    /// <summary>The words of a line of the coordinator's console.</summary>
    /// <param name="palette">The name of the command's palette.</param>
    /// <param name="command">The command.</param>
    /// <param name="given">Switches and their values.</param>
    public static List<string> ToWords(string palette, PaletteCommandDocument command, IEnumerable<Tuple<string, string>> given)
    {
        List<string> words = [palette, command.Name];
        List<string> placed = [];
        var values = given.ToLookup(pair => pair.Item1, pair => pair.Item2);
        foreach (var argument in command.Arguments)
        {
            foreach (var value in SwitchesOf(argument).SelectMany(name => values[name]))
            {
                if (argument.Switches.Count == 0)
                {
                    placed.Add(value);
                }
                else if (argument.Kind != Flag)
                {
                    words.AddRange([argument.Switches[0], value]);
                }
                else if (value != Unset)
                {
                    words.Add(argument.Switches[0]);
                }
            }
        }

        // A value that begins with a dash is no option.
        return placed.Count == 0 ? words : [.. words, "--", .. placed];
    }

    private static CommandDefinition ToPetabridge(PaletteCommandDocument command)
    {
        var builder = new CommandDefinitionBuilder().WithName(command.Name).WithDescription(command.Description);
        foreach (var argument in command.Arguments)
        {
            // No defaults: what is not given is left to the coordinator, which knows its own.
            builder = builder.WithArgument(described => SwitchesOf(argument).Aggregate(
                described.WithName(argument.Name).WithDescription(argument.Description).IsMandatory(argument.Mandatory),
                (sofar, name) => sofar.WithSwitch(name)));
        }

        return builder.Build();
    }

    private static IReadOnlyList<string> SwitchesOf(PaletteArgumentDocument argument) =>
        argument.Switches.Count > 0 ? argument.Switches : [$"--{argument.Name}"];
}
