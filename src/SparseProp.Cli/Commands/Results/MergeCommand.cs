using System.CommandLine;
using SparseProp.Results;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results merge</c>: one store of several that hold parts of one sweep.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var sources = new Argument<string[]>("STORE") { Description = "The stores to join: their folders, or names of sweeps on the coordinator.", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<string>("--out") { Description = "Folder of the store that they are joined in.", Required = true };
        var command = new ExampledCommand(
            "merge",
            "Join stores of one sweep, such as those of its shards, each point once.",
            "sparseprop results merge shard-1 shard-2 shard-3 --out results/scaling")
        {
            sources, folder,
        };
        var source = new StoreSource(command);
        command.SetAction((parsed, cancellation) => source.UseAsync(
            parsed, parsed.GetRequiredValue(sources), folders => Merge(folders, parsed.GetRequiredValue(folder)), cancellation));
        return command;
    }

    private static int Merge(IReadOnlyList<string> sources, string folder)
    {
        var (added, repeated, divergent) = StoreMerge.Into(folder, sources, Provenance.OfThisRun());
        Console.Error.WriteLine($"{added} points joined, {repeated} repeated, {divergent} divergent");
        return divergent == 0 ? ExitCode.Ok : ExitCode.FailedPoints;
    }
}
