using SparseProp.Cli.Display;
using SparseProp.Cluster.Prediction;
using SparseProp.Sweeps;

namespace SparseProp.Cli.Commands;

/// <summary><c>sparseprop run --simulate-cluster</c>: how long a sweep would take on a cluster.</summary>
internal static class RunPrediction
{
    /// <summary>Prints the prediction.</summary>
    /// <param name="plan">The sweep.</param>
    /// <param name="text">The cluster, as WORKERSxSLOTS or WORKERSxSLOTS:MEMORY.</param>
    /// <param name="folder">The sweep's store, if there is one: it tells how many replicates <c>until</c> asks for.</param>
    /// <param name="json">Whether JSON is wanted.</param>
    /// <returns>The exit code.</returns>
    public static int Print(SweepPlan plan, string text, string folder, bool json)
    {
        if (!ClusterShape.TryParse(text, out var shape))
        {
            throw new UserError(
                ExitCode.Invalid,
                $"--simulate-cluster takes WORKERSxSLOTS, such as 64x8, or with the memory of each worker 64x8:16GiB, not '{text}'");
        }

        if (plan.Spec.Until is { } until)
        {
            var spread = Directory.Exists(folder) ? ReplicateSpread.In(plan, folder) : null;
            var replicated = MakespanPrediction.OfReplicates(plan, shape, spread);
            Console.Out.WriteLine(json
                ? PredictionReport.Json(replicated, shape, until, spread)
                : PredictionReport.Text(replicated, shape, until, spread, folder));
            return replicated.AtMost.GivenUp == 0 ? ExitCode.Ok : ExitCode.FailedPoints;
        }

        var prediction = MakespanPrediction.Of(plan, shape);
        Console.Out.WriteLine(json ? PredictionReport.Json(prediction, shape) : PredictionReport.Text(prediction, shape));
        return prediction.GivenUp == 0 ? ExitCode.Ok : ExitCode.FailedPoints;
    }
}
