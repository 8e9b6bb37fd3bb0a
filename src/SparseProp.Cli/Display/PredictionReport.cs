using System.Globalization;
using System.Text.Json;
using SparseProp.Cluster.Prediction;

namespace SparseProp.Cli.Display;

/// <summary>What a sweep would take on a cluster, for people and for programs.</summary>
internal static class PredictionReport
{
    public static string Text(ClusterPrediction prediction, ClusterShape shape) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {prediction.Points} points on {shape.Workers} workers of {shape.Slots} slots
        makespan          {Duration(prediction.MakespanSeconds)}
        at best           {Duration(prediction.LowerBoundSeconds)}
        work on one slot  {Duration(prediction.WorkSeconds)}
        longest point     {Duration(prediction.LongestPointSeconds)}
        slots busy        {prediction.Utilisation:P1}
        leases            {prediction.Leases}
        fit nowhere       {prediction.GivenUp}
        """);

    public static string Json(ClusterPrediction prediction, ClusterShape shape) => JsonSerializer.Serialize(new
    {
        points = prediction.Points,
        workers = shape.Workers,
        slots = prediction.Slots,
        makespan_s = prediction.MakespanSeconds,
        lower_bound_s = prediction.LowerBoundSeconds,
        work_s = prediction.WorkSeconds,
        longest_point_s = prediction.LongestPointSeconds,
        utilisation = prediction.Utilisation,
        leases = prediction.Leases,
        fit_nowhere = prediction.GivenUp,
    });

    private static string Duration(double seconds) => seconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###} s")
        : string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromSeconds(Math.Ceiling(seconds)):c} ({seconds:0} s)");
}
