using System.CommandLine;
using System.CommandLine.Parsing;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Commands;

/// <summary>Options that hold a number of bytes, alone or with a unit: 1e9, 500MB, 8GiB.</summary>
internal static class SizeOption
{
    public static Option<long?> Optional(string name, string description) =>
        new(name) { Description = description, CustomParser = Parse, HelpName = "SIZE" };

    private static long? Parse(ArgumentResult result)
    {
        var text = NumberOption.TextOf(result);
        if (ByteSize.TryParse(text, out var bytes))
        {
            return bytes;
        }

        result.AddError($"{NumberOption.NameOf(result)} takes a number of bytes such as 8GiB, 500MB or 1e9, not '{text}'");
        return null;
    }
}
