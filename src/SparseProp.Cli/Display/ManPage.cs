using System.CommandLine;
using System.Globalization;
using System.Reflection;
using SparseProp.Cli.Commands;

namespace SparseProp.Cli.Display;

/// <summary>Commands as a manual page, in the language of <c>man(7)</c>.</summary>
internal static class ManPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="root">Every command below it is on the page.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(RootCommand root, TextWriter output)
    {
        output.WriteLine($".TH {CommandLine.ProgramName.ToUpperInvariant()} 1 \"\" \"{CommandLine.ProgramName} {Version()}\" \"User commands\"");
        output.WriteLine(".SH NAME");
        output.WriteLine($"{CommandLine.ProgramName} \\- {Escape(root.Description!)}");
        output.WriteLine(".SH SYNOPSIS");
        output.WriteLine($".B {CommandLine.ProgramName}");
        output.WriteLine(".I COMMAND");
        output.WriteLine("[options]");
        output.WriteLine(".SH COMMANDS");
        foreach (var command in CommandLine.Callable(root))
        {
            Write(command, output);
        }

        output.WriteLine(".SH EXIT STATUS");
        foreach (var (code, meaning) in ExitCode.Meanings)
        {
            Item(output, code.ToString(CultureInfo.InvariantCulture), meaning);
        }
    }

    private static void Write(Command command, TextWriter output)
    {
        output.WriteLine($".SS {Escape(string.Join(' ', [CommandLine.NameOf(command), .. command.Arguments.Select(Place)]))}");
        Line(output, command.Description!);
        foreach (var argument in command.Arguments.Where(argument => !argument.Hidden))
        {
            Item(output, argument.HelpName ?? argument.Name, argument.Description);
        }

        foreach (var option in command.Options.Where(option => !option.Hidden))
        {
            var names = string.Join(", ", [option.Name, .. option.Aliases]);
            Item(output, option.HelpName is { } value ? $"{names} {value}" : names, option.Description);
        }

        if (command is ExampledCommand { Examples: { Count: > 0 } examples })
        {
            output.WriteLine(".PP");
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine(".RS");
                Line(output, example);
                output.WriteLine(".RE");
            }
        }
    }

    private static string Place(Argument argument)
    {
        var name = argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}..." : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static void Item(TextWriter output, string term, string? meaning)
    {
        output.WriteLine(".TP");
        output.WriteLine($".B {Escape(term)}");
        Line(output, meaning ?? "");
    }

    // A line that begins with a dot or an apostrophe would be taken for a request.
    private static void Line(TextWriter output, string text) =>
        output.WriteLine(text is ['.' or '\'', ..] ? $"\\&{Escape(text)}" : Escape(text));

    private static string Escape(string text) => text
        .Replace("\\", "\\e", StringComparison.Ordinal)
        .Replace("-", "\\-", StringComparison.Ordinal)
        .Replace('\n', ' ');

    private static string Version() =>
        typeof(ManPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
