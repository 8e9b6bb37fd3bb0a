using System.Globalization;
using System.Text;

namespace SparseProp.Cli;

/// <summary>Commands of this program as a user may copy them into a shell.</summary>
internal static class ShellCommand
{
    private const string Harmless = "_-./:=@%+,";

    /// <summary><c>sparseprop</c> and its arguments, each quoted where a shell would read it as something else.</summary>
    public static string Of(params IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quoted).Prepend(CommandLine.ProgramName));

    /// <summary>An argument as POSIX shells read it: as it is, or in quotes; control characters by their names, for terminals obey them.</summary>
    public static string Quoted(string argument)
    {
        if (argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || Harmless.Contains(c, StringComparison.Ordinal)))
        {
            return argument;
        }

        if (!argument.Any(char.IsControl))
        {
            return $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        }

        var text = new StringBuilder("$'");
        foreach (var c in argument)
        {
            _ = c switch
            {
                '\'' or '\\' => text.Append('\\').Append(c),
                _ when char.IsControl(c) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('\'').ToString();
    }
}
