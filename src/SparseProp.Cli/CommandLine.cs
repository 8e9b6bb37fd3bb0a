using System.CommandLine;
using SparseProp.Cli.Commands;

namespace SparseProp.Cli;

/// <summary>All that the program understands.</summary>
internal static class CommandLine
{
    public const string ProgramName = "sparseprop";

    public static RootCommand CreateRoot()
    {
        var root = new RootCommand("Parameter sweeps of sparse spiking networks, simulated event by event and exactly.")
        {
            SimulateCommand.Create(),
            NetworkCommand.Create(),
            CompareCommand.Create(),
            RunCommand.Create(),
            TrainCommand.Create(),
            ResultsCommand.Create(),
            SubmitCommand.Create(),
            ListCommand.Create(),
            WatchCommand.Create(),
            LogsCommand.Create(),
            ClusterCommand.Create(),
            PbmCommand.Create(),
            CertificatesCommand.Create(),
        };

        foreach (var command in SweepCommands.Create())
        {
            root.Add(command);
        }

        root.Add(NodeCommand.Create());
        root.Add(BenchCommand.Create());
        root.Add(CompletionCommand.Create());
        root.Add(ManCommand.Create());
        ExampledCommand.ShowExamples(root);
        foreach (var command in Callable(root))
        {
            RefuseEmpty(command);
        }

        return root;
    }

    /// <summary>A command as it is called, such as <c>sparseprop results table</c>.</summary>
    public static string NameOf(Command command) =>
        command is RootCommand ? ProgramName : $"{NameOf((Command)command.Parents.First())} {command.Name}";

    /// <summary>The commands below one that can be called by themselves, with all below them.</summary>
    public static IEnumerable<Command> Callable(Command command) =>
        command.Subcommands.Where(child => !child.Hidden)
            .SelectMany(child => (IEnumerable<Command>)[.. child.Action is null ? [] : (Command[])[child], .. Callable(child)]);

    // What a variable of a shell leaves behind that has no value. An empty query has an answer of its own.
    private static void RefuseEmpty(Command command)
    {
        foreach (var argument in command.Arguments.Where(argument => argument.ValueType == typeof(string) && argument.Name != "QUERY"))
        {
            argument.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => token.Value.Length == 0))
                {
                    result.AddError($"{argument.Name} is empty");
                }
            });
        }
    }
}
