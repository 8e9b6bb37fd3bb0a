using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace SparseProp.Cli.Commands;

/// <summary>Options that hold numbers, read the same in every locale. Whole numbers may be written 1e5.</summary>
internal static class NumberOption
{
    public static Option<double> Real(string name, string description, double standard) =>
        new(name)
        {
            Description = description,
            CustomParser = ParseReal,
            DefaultValueFactory = _ => standard,
        };

    public static Option<double?> OptionalReal(string name, string description) =>
        new(name) { Description = description, CustomParser = result => ParseReal(result) };

    public static Option<long> Whole(string name, string description, long standard) =>
        new(name)
        {
            Description = description,
            CustomParser = ParseWhole,
            DefaultValueFactory = _ => standard,
        };

    public static Option<long?> OptionalWhole(string name, string description) =>
        new(name) { Description = description, CustomParser = result => ParseWhole(result) };

    /// <summary>What the user wrote; empty where that is not one word.</summary>
    public static string TextOf(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";

    /// <summary>How the user named it.</summary>
    public static string NameOf(ArgumentResult result) =>
        result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;

    /// <summary>The number that the user wrote; 0 after an error that says what is wrong with it.</summary>
    public static double ParseReal(ArgumentResult result)
    {
        var text = TextOf(result);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            return value;
        }

        result.AddError($"{NameOf(result)} takes a finite number such as 0.5 or 1e5, not '{text}'");
        return 0;
    }

    /// <inheritdoc cref="ParseReal"/>
    public static long ParseWhole(ArgumentResult result)
    {
        var text = TextOf(result);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value == decimal.Truncate(value) && value is >= long.MinValue and <= long.MaxValue)
        {
            return (long)value;
        }

        result.AddError($"{NameOf(result)} takes a whole number such as 1000 or 1e5, not '{text}'");
        return 0;
    }
}
