using System.Diagnostics;
using System.Globalization;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Prediction;

namespace SparseProp.Benchmarks;

/// <summary>
/// The predicted makespan of a log-spaced sweep, longest first and in file order: n from 10^3 to 10^7 in 41 steps, 20 µs of simulation
/// for each neuron, the file in the order of n.
/// </summary>
internal static class PredictionFigures
{
    private const int Steps = 41;

    /// <summary>--points N (a hundred thousand) --cluster WORKERSxSLOTS (64x8).</summary>
    public static int Run(string[] options)
    {
        var points = (long)SchedulerThroughput.Option(options, "--points", 1e5) / Steps * Steps;
        var place = Array.IndexOf(options, "--cluster");
        if (!ClusterShape.TryParse(place >= 0 && place + 1 < options.Length ? options[place + 1] : "64x8", out var shape))
        {
            Console.Error.WriteLine($"--cluster takes workers and slots such as 64x8 or 64x8:16GiB, not '{options[place + 1]}'");
            return 2;
        }

        Console.WriteLine("order          makespan s   over bound   utilisation     leases    messages    run s");
        foreach (var order in Enum.GetValues<PointOrder>())
        {
            var started = Stopwatch.GetTimestamp();
            var found = ClusterSimulation.Run(new LogSpacedWorkload(points, Steps), shape, new SchedulerOptions { Order = order });
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{order,-12} {found.MakespanSeconds,12:0.0} {found.MakespanSeconds / found.LowerBoundSeconds,12:0.000} {found.Utilisation,13:0.000} {found.Leases,10} {found.Messages,11} {Stopwatch.GetElapsedTime(started).TotalSeconds,8:0.0}"));
        }

        return 0;
    }
}
