using System.CommandLine;
using SparseProp.Results.Store;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results fetch</c>: a copy of a store that is on a coordinator.</summary>
internal static class FetchCommand
{
    public static Command Create()
    {
        var sweep = new Argument<string>("SWEEP") { Description = "The sweep's name." };
        var output = FolderOption.Optional("--out", "Folder of the copy, which must not exist. [default: results/SWEEP]");
        var coordinator = new CoordinatorOptions();
        var command = new ExampledCommand(
            "fetch",
            "Copy a sweep's store from the coordinator as it is now, also while it runs. Any store is good for a backup.",
            "sparseprop results fetch scaling-lif",
            "sparseprop results fetch scaling-lif --out backup/scaling-lif-monday")
        {
            sweep, output,
        };
        coordinator.AddTo(command);
        command.SetAction((parsed, cancellation) => coordinator.UseAsync(parsed, async client =>
        {
            var name = parsed.GetRequiredValue(sweep);
            var folder = parsed.GetValue(output) ?? Path.Combine("results", name);
            if (Path.Exists(folder))
            {
                throw new UserError(ExitCode.Invalid, $"{folder} is there already; name another folder with --out DIR");
            }

            await client.FetchStoreAsync(name, folder, cancellation);
            Console.Out.WriteLine(folder);
            var damage = new DamageReport("the copy");
            _ = StoreReader.ReadAll(folder, damage.Add).LongCount();
            var damaged = damage.Tell();
            MissingPoints.Tell(folder, folder);
            return damaged;
        }));
        return command;
    }
}
