using System.CommandLine;
using SparseProp.Engine;
using SparseProp.Results.Store;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results compact</c>: a store without what counts for nothing.</summary>
internal static class CompactCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("STORE") { Description = "The store's folder; nobody else may write to it." };
        var command = new ExampledCommand(
            "compact",
            "Write a store anew without repeated and superseded records; none that counts is lost, whenever it is interrupted.",
            "sparseprop results compact results/scaling")
        {
            folder,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(folder);
            var manifest = StoreReader.ReadManifest(path);
            using var store = ResultStore.Open(path, StoreIdentity.Of(path, manifest, Provenance.OfThisRun()));
            var (before, after) = store.Compact();
            Console.Error.WriteLine($"{MemoryNeed.Text(before)} before, {MemoryNeed.Text(after)} now");
            if (store.TornTail is { } torn)
            {
                Console.Error.WriteLine($"sparseprop: {torn}");
            }

            MissingPoints.Tell(path, path);
            return store.TornTail is null ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}
