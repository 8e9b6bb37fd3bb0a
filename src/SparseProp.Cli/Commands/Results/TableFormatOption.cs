using System.CommandLine;
using SparseProp.Cli.Display;

namespace SparseProp.Cli.Commands.Results;

/// <summary>How a command prints its table.</summary>
internal static class TableFormatOption
{
    private static readonly string[] Names = ["terminal", "markdown", "csv", "json"];

    public static Option<TableFormat> Create()
    {
        var option = new Option<TableFormat>("--format")
        {
            Description = $"How to print the table. [default: {Names[(int)TableFormat.Terminal]}]",
            HelpName = string.Join('|', Names),
            CustomParser = result =>
            {
                var name = result.Tokens[0].Value;
                var place = Array.IndexOf(Names, name);
                if (place < 0)
                {
                    result.AddError(WordOption.Refusal("--format", name, Names));
                }

                return (TableFormat)place;
            },
        };

        // The names that are understood, not those of the enumeration.
        option.CompletionSources.Clear();
        option.CompletionSources.Add(Names);
        return option;
    }

    /// <summary>What <c>--format</c> says, or <c>--json</c>, which is short for it.</summary>
    public static TableFormat In(ParseResult parsed, Option<TableFormat> format, Option<bool> json)
    {
        if (!parsed.GetValue(json))
        {
            return parsed.GetValue(format);
        }

        return parsed.GetResult(format) is { Implicit: false } && parsed.GetValue(format) != TableFormat.Json
            ? throw new UserError(ExitCode.Invalid, "--json and --format contradict each other")
            : TableFormat.Json;
    }
}
