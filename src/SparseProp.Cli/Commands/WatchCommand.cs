using System.CommandLine;
using SparseProp.Cli.Display;

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
        var coordinator = new CoordinatorOptions();
        var command = new ExampledCommand(
            "watch",
            "Show how sweeps come along: a live table on a terminal, lines elsewhere. Exits by how the named sweep ended.",
            "sparseprop watch",
            "sparseprop watch scaling-lif") { sweep };
        coordinator.AddTo(command);
        command.SetAction((parsed, cancellation) => coordinator.UseAsync(
            parsed,
            async client =>
            {
                var name = parsed.GetValue(sweep);
                var last = await WatchDisplay.FollowAsync(client.WatchAsync(name, cancellation));
                return name is null ? ExitCode.Ok : SweepReport.ExitCodeOf(last[0], []);
            },
            trouble => Console.Error.WriteLine($"sparseprop: trying again, for no coordinator is ready: {trouble}")));
        return command;
    }
}
