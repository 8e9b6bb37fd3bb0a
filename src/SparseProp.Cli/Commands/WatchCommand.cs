using System.CommandLine;
using SparseProp.Cli.Display;
using SparseProp.Cli.Output;
using SparseProp.Client.Documents;
using SparseProp.Execution.Checks;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop watch</c>: what the sweeps of the cluster do, live.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var sweep = new Argument<string?>("SWEEP")
        {
            Description = "Watch this sweep until it is over. [default: all, until interrupted]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var strict = CommonOptions.Strict();
        var coordinator = new CoordinatorOptions();
        var command = new ExampledCommand(
            "watch",
            "Show how sweeps come along: a live table on a terminal, lines elsewhere. Exits by how the named sweep ended.",
            "sparseprop watch",
            "sparseprop watch scaling-lif") { sweep, strict };
        coordinator.AddTo(command);
        command.SetAction((parsed, cancellation) => coordinator.UseAsync(
            parsed,
            async client =>
            {
                var name = parsed.GetValue(sweep);
                IReadOnlyList<SweepDocument> last = [];
                var isOver = await OutputReader.ServeAsync(
                    async serving => last = await WatchDisplay.FollowAsync(client.WatchAsync(name, serving)), cancellation);
                if (name is null)
                {
                    return ExitCode.Ok;
                }

                if (!isOver)
                {
                    // How the sweep will end is not known.
                    return ExitCode.Interrupted;
                }

                var outcome = last[0].State == SweepStates.Finished
                    ? (await client.GetTableAsync(name, by: null, cancellation)).Outcome
                    : SweepOutcome.None;
                SweepReport.Print(outcome);
                return SweepReport.ExitCodeOf(last[0], outcome, parsed.GetValue(strict));
            },
            trouble => Console.Error.WriteLine($"sparseprop: trying again, for no coordinator is ready: {trouble}")));
        return command;
    }
}
