using System.CommandLine;

namespace SparseProp.Cli.Commands;

/// <summary>Options of long-running processes: each may come from an environment variable as well; the command line goes first.</summary>
internal static class SettingOption
{
    private const string Prefix = "SPARSEPROP_";

    /// <summary>Reads a text, or says what is wrong with it; <c>name</c> is what the user calls it.</summary>
    public delegate T Reader<T>(string text, string name, Action<string> onError);

    /// <param name="name">Such as <c>--memory</c>; the variable is SPARSEPROP_MEMORY then.</param>
    /// <param name="form">How the help shows the value.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="read">Reads the text of either.</param>
    /// <param name="standard">The value where there is neither.</param>
    public static Option<T> Of<T>(string name, string form, string description, Reader<T> read, T standard)
    {
        var variable = Prefix + name.TrimStart('-').Replace('-', '_').ToUpperInvariant();
        return new Option<T>(name)
        {
            Description = $"{description} Environment: {variable}.",
            HelpName = form,
            CustomParser = result => read(NumberOption.TextOf(result), name, result.AddError),
            DefaultValueFactory = result => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
                ? read(text, variable, result.AddError)
                : standard,
        };
    }

    /// <summary>Any text.</summary>
    public static string? Text(string text, string name, Action<string> onError)
    {
        if (text.Length == 0)
        {
            onError($"{name} is empty");
        }

        return text;
    }
}
