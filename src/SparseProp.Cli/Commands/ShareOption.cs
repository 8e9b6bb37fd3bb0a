using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace SparseProp.Cli.Commands;

/// <summary>Options that hold shares, written 10% or 0.1.</summary>
internal static class ShareOption
{
    public static Option<double?> Optional(string name, string description) =>
        new(name) { Description = description, HelpName = "SHARE", CustomParser = Parse };

    private static double? Parse(ArgumentResult result)
    {
        var text = NumberOption.TextOf(result);
        var isPercent = text.EndsWith('%');
        if (double.TryParse(isPercent ? text[..^1] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share >= 0)
        {
            return isPercent ? share / 100 : share;
        }

        result.AddError($"{NumberOption.NameOf(result)} takes a share such as 10% or 0.1, not '{text}'");
        return null;
    }
}
