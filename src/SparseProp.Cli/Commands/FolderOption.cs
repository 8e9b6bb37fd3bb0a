using System.CommandLine;
using System.CommandLine.Parsing;
using SparseProp.Cli.Output;

namespace SparseProp.Cli.Commands;

/// <summary>Options that name a folder to write, which standard output is not.</summary>
internal static class FolderOption
{
    /// <summary>A folder that a default stands for.</summary>
    public static Option<string?> Optional(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "DIR" };
        option.Validators.Add(Check);
        return option;
    }

    /// <summary>A folder that must be named.</summary>
    public static Option<string> Required(string name, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "DIR", Required = true };
        option.Validators.Add(Check);
        return option;
    }

    private static void Check(OptionResult result)
    {
        if (result.Tokens.Any(token => token.Value == OutputFile.StandardOutput))
        {
            result.AddError($"{result.Option.Name} takes a folder, and - is standard output; write ./- for a folder of that name");
        }
    }
}
