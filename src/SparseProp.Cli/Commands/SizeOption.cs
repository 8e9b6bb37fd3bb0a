using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SparseProp.Cli.Commands;

/// <summary>Options that hold a number of bytes, alone or with a unit: 1e9, 500MB, 8GiB.</summary>
internal static partial class SizeOption
{
    private const int Decimal = 1000;
    private const int Binary = 1024;

    // A unit's place is its power of 1000 or 1024.
    private const string Prefixes = "KMGT";

    public static Option<long?> Optional(string name, string description) =>
        new(name) { Description = description, CustomParser = Parse, HelpName = "SIZE" };

    private static long? Parse(ArgumentResult result)
    {
        var text = NumberOption.TextOf(result);
        var form = Form().Match(text);
        if (form.Success)
        {
            var unit = Math.Pow(
                form.Groups["binary"].Success ? Binary : Decimal,
                form.Groups["prefix"] is { Success: true } prefix ? 1 + Prefixes.IndexOf(char.ToUpperInvariant(prefix.ValueSpan[0])) : 0);
            var bytes = double.Parse(form.Groups["number"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture) * unit;
            if (bytes is >= 1 and < long.MaxValue)
            {
                return (long)bytes;
            }
        }

        result.AddError($"{NumberOption.NameOf(result)} takes a number of bytes such as 8GiB, 500MB or 1e9, not '{text}'");
        return null;
    }

    [GeneratedRegex(
        @"^(?<number>[0-9]+(\.[0-9]*)?([eE]\+?[0-9]{1,3})?) ?((?<prefix>[kKmMgGtT])(?<binary>[iI])?)?[bB]?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
