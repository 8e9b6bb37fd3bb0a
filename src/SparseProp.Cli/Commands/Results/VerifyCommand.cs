using System.CommandLine;
using System.Text.Json.Nodes;
using SparseProp.Cli.Display;
using SparseProp.Execution.Checks;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Commands.Results;

/// <summary><c>sparseprop results verify</c>: whether a store is whole and right.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var store = StoreSource.Argument();
        var sample = NumberOption.Whole("--sample", "Points to simulate again, chosen at random; their digests must be equal.", 0);
        var seed = NumberOption.Whole("--seed", "Seed of the choice.", 1);
        var partial = new Option<bool>("--partial") { Description = "Points without a record are no fault: of a sweep that is still to go on." };
        var json = CommonOptions.Json();
        var command = new ExampledCommand(
            "verify",
            "Check a store's checksums and keys, whether it is complete, and some points by simulating them again.",
            "sparseprop results verify results/scaling --sample 5",
            "sparseprop results verify backup/scaling --partial")
        {
            store, sample, seed, partial, json,
        };
        command.Demand(result =>
        {
            if (result.GetValue(sample) < 0)
            {
                result.AddError($"{sample.Name} takes a number of points from 0, not {result.GetValue(sample)}");
            }
        });
        var source = new StoreSource(command, tellsMissing: false);
        command.SetAction((parsed, cancellation) => source.UseAsync(
            parsed,
            parsed.GetRequiredValue(store),
            folder => Print(
                StoreCheck.Of(
                    folder,
                    (int)Math.Clamp(parsed.GetValue(sample), 0, 1_000_000),
                    (int)Math.Clamp(parsed.GetValue(seed), int.MinValue, int.MaxValue),
                    cancellation),
                parsed.GetValue(partial),
                parsed.GetValue(json)),
            cancellation));
        return command;
    }

    private static int Print(StoreCheck check, bool partial, bool json)
    {
        var isSound = partial ? check.IsSoundSoFar : check.IsSound;
        var facts = new JsonObject
        {
            ["points"] = check.Points,
            ["recorded"] = check.Recorded,
            ["failed"] = check.Failed,
            ["missing"] = check.Missing,
            ["others"] = check.Others,
            ["divergent"] = check.Divergent,
            ["damaged"] = check.Damage.Count,
            ["wrong_keys"] = check.WrongKeys.Count,
            ["simulated_again"] = check.Simulated,
            ["unequal"] = check.Unequal.Count,
            ["other_engine"] = check.OtherEngine,
            ["sound"] = isSound,
        };
        Console.Out.WriteLine(Facts.Print(facts, json));
        foreach (var finding in check.Damage.Concat(check.WrongKeys).Concat(check.Unequal))
        {
            Console.Error.WriteLine($"sparseprop: {finding}");
        }

        if (check.Missing > 0 && !partial)
        {
            Console.Error.WriteLine($"sparseprop: {Counted.Of(check.Missing, "point is", "points are")} missing; with --partial that is no fault");
        }

        return isSound ? ExitCode.Ok : ExitCode.Failed;
    }
}
