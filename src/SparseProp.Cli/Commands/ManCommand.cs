using System.CommandLine;
using SparseProp.Cli.Display;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop man</c>: all that <c>--help</c> says, as one page.</summary>
internal static class ManCommand
{
    public static Command Create()
    {
        var command = new ExampledCommand(
            "man",
            "Print the manual page: the help of every command.",
            "sparseprop man > ~/.local/share/man/man1/sparseprop.1",
            "man <(sparseprop man)");
        command.SetAction(parsed => ManPage.Write((RootCommand)parsed.RootCommandResult.Command, Console.Out));
        return command;
    }
}
