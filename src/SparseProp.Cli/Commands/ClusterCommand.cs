using System.CommandLine;
using SparseProp.Cli.Display;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop cluster</c>: workers and leases.</summary>
internal static class ClusterCommand
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var coordinator = new CoordinatorOptions();
        var command = new ExampledCommand(
            "cluster",
            "Show the workers of the cluster and the leases they hold.",
            "sparseprop cluster",
            "sparseprop cluster --json | jq '[.workers[].slots] | add'") { json };
        coordinator.AddTo(command);
        command.SetAction((parsed, cancellation) => coordinator.UseAsync(parsed, async client =>
        {
            var cluster = await client.GetClusterAsync(cancellation);
            if (parsed.GetValue(json))
            {
                Console.Out.WriteLine(ClusterReport.Json(cluster));
            }
            else
            {
                ClusterReport.Print(cluster);
            }

            return ExitCode.Ok;
        }));
        return command;
    }
}
