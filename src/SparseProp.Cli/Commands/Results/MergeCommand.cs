using System.CommandLine;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results merge</c>: one store of several that hold parts of one sweep.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var sources = new Argument<string[]>("STORE") { Description = "The stores to join: their folders, or names of sweeps on the coordinator.", Arity = ArgumentArity.OneOrMore };
        var folder = FolderOption.Required("--out", "Folder of the store that they are joined in.");
        var partial = new Option<bool>("--partial") { Description = "That points are missing from all of them is no fault." };
        var command = new ExampledCommand(
            "merge",
            "Join stores of one sweep, such as those of its shards, each point once; exits with 1 where points are missing.",
            "sparseprop results merge shard-1 shard-2 shard-3 --out results/scaling",
            "sparseprop results merge shard-1 shard-3 --out results/so-far --partial")
        {
            sources, folder, partial,
        };
        var source = new StoreSource(command, tellsMissing: false);
        command.SetAction((parsed, cancellation) => source.UseAsync(
            parsed, parsed.GetRequiredValue(sources), folders => Merge(folders, parsed.GetRequiredValue(folder), parsed.GetValue(partial)), cancellation));
        return command;
    }

    private static int Merge(IReadOnlyList<string> sources, string folder, bool partial)
    {
        var damage = new DamageReport("the joined store");
        var (added, repeated, divergent) = StoreMerge.Into(folder, sources, Provenance.OfThisRun(), damage.Add);
        Console.Error.WriteLine($"{Counted.Of(added, "point")} joined, {repeated} repeated, {divergent} divergent");
        var damaged = damage.Tell();
        var missing = MissingPoints.Tell(folder, folder);
        return divergent > 0 ? ExitCode.FailedPoints
            : missing > 0 && !partial ? ExitCode.Failed
            : damaged;
    }
}
