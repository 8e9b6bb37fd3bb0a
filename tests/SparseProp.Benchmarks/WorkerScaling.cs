using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Workers;
using SparseProp.Engine;
using SparseProp.Execution;
using SparseProp.Execution.Points;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using SparseProp.Service.Hosting;
using SparseProp.Sweeps;

namespace SparseProp.Benchmarks;

/// <summary>
/// A sweep of points of about 100 ms on a cluster of one engine slot and on one of two, and the same points on one and two bare threads
/// without a cluster, in turns. Says by how much two are faster, of which the threads' share is the machine's, and what the process
/// spent beside the simulations.
/// </summary>
internal static class WorkerScaling
{
    /// <summary>--points N (100) --spikes N of each point (600,000) --rounds N (3).</summary>
    public static int Run(string[] options)
    {
        var points = (int)SchedulerThroughput.Option(options, "--points", 100);
        var spikes = (long)SchedulerThroughput.Option(options, "--spikes", 600_000);
        var rounds = (int)SchedulerThroughput.Option(options, "--rounds", 3);
        Measure(slots: 2, points, spikes, round: 0);
        var (one, two) = (new List<double>(), new List<double>());
        var (oneBare, twoBare) = (new List<double>(), new List<double>());
        for (var round = 1; round <= rounds; round++)
        {
            one.Add(Measure(slots: 1, points, spikes, round));
            oneBare.Add(MeasureBare(threads: 1, points, spikes, round));
            two.Add(Measure(slots: 2, points, spikes, round));
            twoBare.Add(MeasureBare(threads: 2, points, spikes, round));
        }

        var (cluster, machine) = (two.Average() / one.Average(), twoBare.Average() / oneBare.Average());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"two slots are {cluster:0.000} times as fast as one; two bare threads {machine:0.000} times; {two.Average() / twoBare.Average():0.0 %} of what two bare threads do"));
        return 0;
    }

    private static double MeasureBare(int threads, int points, long spikes, int round)
    {
        var plan = new SweepPlan(SweepFile.Parse(TextOf(points, spikes), "scaling.yaml"));
        var next = -1;
        using var warm = new Barrier(threads + 1);
        var running = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            var runner = new PointRunner(() => threads);
            var nobody = default(NoObserver);
            runner.Run(plan[0], memoryBytes: null, ref nobody, CancellationToken.None);
            warm.SignalAndWait();
            while (Interlocked.Increment(ref next) is var point && point < points)
            {
                runner.Run(plan[point], memoryBytes: null, ref nobody, CancellationToken.None);
            }
        })).ToList();
        running.ForEach(thread => thread.Start());
        warm.SignalAndWait();
        var started = Stopwatch.GetTimestamp();
        running.ForEach(thread => thread.Join());
        var rate = points / Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: {threads} bare threads: {rate:0.00} points/s"));
        return rate;
    }

    private static string TextOf(int points, long spikes) => string.Create(
        CultureInfo.InvariantCulture,
        $"name: scaling\nmodel: lif\nzip: {{ seed_ic: 1..{points}, seed_net: 1..{points} }}\nfixed: {{ n: 10000, k: 100 }}\nstop: {{ spikes: {spikes} }}\nburn_in: {{ spikes: 0 }}\n");

    private static double Measure(int slots, int points, long spikes, int round)
    {
        var folder = Directory.CreateTempSubdirectory("sparseprop-scaling-").FullName;
        try
        {
            var text = TextOf(points, spikes);
            var spec = SweepFile.Parse(text, "scaling.yaml");
            var plan = new SweepPlan(spec);
            using var store = ResultStore.Open(folder, new StoreIdentity
            {
                Sweep = spec.Name,
                SpecText = text,
                SpecHash = spec.Hash.ToString(),
                PointCount = plan.Count,
                Provenance = RunProvenance.Capture("scaling", Assembly.GetExecutingAssembly(), new Dictionary<string, string>()),
            });
            var listener = new Listener();
            var run = new SweepRun(spec, plan, store, RecordedPoints.In(plan, store, retryFailed: false), listener);
            var cluster = EmbeddedCluster.StartAsync(
                run, new WorkerOptions { Slots = slots }, null, logging => logging.ClearProviders(), CancellationToken.None).Result;
            listener.Began.Wait();
            var (started, cpu) = (Stopwatch.GetTimestamp(), Cpu());
            listener.Finished.Wait();
            var (seconds, spent) = (Stopwatch.GetElapsedTime(started).TotalSeconds, Cpu() - cpu);
            cluster.DisposeAsync().AsTask().Wait();
            store.Flush();
            var costs = StoreReader.Read(folder).Select(record => record.Cost!).ToList();
            var simulated = costs.Sum(cost => cost.CpuSeconds + cost.SetupSeconds);
            if (round > 0)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round}: {slots} slots, {points} points of {1000 * costs.Average(cost => cost.WallSeconds):0} ms: {points / seconds:0.00} points/s, slots busy {costs.Sum(cost => cost.WallSeconds) / (slots * seconds):0.0 %}, CPU beside simulations {(spent - simulated) / simulated:0.00 %}"));
            }

            return points / seconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Cpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }

    private sealed class Listener : ISweepListener
    {
        public ManualResetEventSlim Began { get; } = new();

        public ManualResetEventSlim Finished { get; } = new();

        public void OnProgress(SweepProgress progress)
        {
            if (progress.Leased > 0)
            {
                Began.Set();
            }
        }

        public void OnNotice(SweepNotice notice) => Console.WriteLine(notice);

        public void OnFinished()
        {
            Began.Set();
            Finished.Set();
        }

        public void OnBroken(Exception cause) => throw cause;
    }
}
