using System.CommandLine;
using SparseProp.Cli.Display;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop list</c>: the sweeps of the cluster.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var coordinator = new CoordinatorOptions();
        var command = new ExampledCommand(
            "list",
            "Show all sweeps of the cluster.",
            "sparseprop list",
            "sparseprop list --json | jq -r '.sweeps[] | select(.failed > 0) | .name'") { json };
        coordinator.AddTo(command);
        command.SetAction((parsed, cancellation) => coordinator.UseAsync(parsed, async client =>
        {
            var list = await client.ListSweepsAsync(cancellation);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(SweepReport.Json(list));
            }
            else
            {
                TerminalTable.Print(SweepListTable.Of(list.Sweeps));
            }

            return ExitCode.Ok;
        }));
        return command;
    }
}
