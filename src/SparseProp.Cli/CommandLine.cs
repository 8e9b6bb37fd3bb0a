using System.CommandLine;
using System.CommandLine.Parsing;
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

    // What a variable of a shell leaves behind that has no value. An empty query has an answer of its own, as has a word of an operator's command.
    private static void RefuseEmpty(Command command)
    {
        foreach (var argument in command.Arguments.Where(argument => IsText(argument.ValueType) && argument.Name is not ("QUERY" or PbmCommand.Words)))
        {
            argument.Validators.Add(result => RefuseEmpty(result, argument.Name, result.Tokens));
        }

        // Means can be taken over all points: then they are grouped by nothing.
        foreach (var option in command.Options.Where(option => IsText(option.ValueType) && option.Name != "--by"))
        {
            option.Validators.Add(result => RefuseEmpty(result, option.Name, result.Tokens));
        }
    }

    private static void RefuseEmpty(SymbolResult result, string name, IReadOnlyList<Token> tokens)
    {
        if (!result.Errors.Any() && tokens.Any(token => token.Value.Length == 0))
        {
            result.AddError($"{name} is empty");
        }
    }

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(string[]);
}
