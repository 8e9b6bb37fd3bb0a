using SparseProp.Engine;
using SparseProp.Results.Manifests;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Benchmarks;

/// <summary>
/// A store of many points, to measure those who read it: one small network's result under the seeds of all points, recorded from the
/// last to the first, so that sorting has something to do.
/// </summary>
internal static class LargeStore
{
    private const int FlushEvery = 10_000;

    /// <summary>--points N (a million) --out DIR (large-store) --all, for all statistics with their lists.</summary>
    public static int Run(string[] options)
    {
        var points = (long)SchedulerThroughput.Option(options, "--points", 1e6);
        var place = Array.IndexOf(options, "--out");
        var folder = place >= 0 && place + 1 < options.Length ? options[place + 1] : "large-store";
        var record = options.Contains("--all") ? "[cv, rates, irregularity, population, chi]" : "[cv]";
        var spec = SweepFile.Parse(
            FormattableString.Invariant(
                $$"""
                name: large
                model: lif
                grid: { seed_ic: 1..{{points}} }
                fixed: { n: 100, k: 10 }
                record: {{record}}
                stop: { seconds: 5 }
                """),
            "large.yaml");
        var plan = new SweepPlan(spec);
        using var simulation = new Simulation(plan[0]);
        var result = simulation.Measure();
        var cost = new PointCost { WallSeconds = 1, CpuSeconds = 1, SetupSeconds = 0, Host = "host", BusySlots = 1, Contended = false };
        using var store = ResultStore.Open(folder, new StoreIdentity
        {
            Sweep = spec.Name,
            SpecText = spec.Text,
            SpecHash = spec.Hash.ToString(),
            PointCount = plan.Count,
            Provenance = RunProvenance.Capture("", typeof(LargeStore).Assembly, new Dictionary<string, string>()),
        });
        for (var index = plan.Count - 1; index >= 0; index--)
        {
            store.Record(PointRecord.Ok(index, plan[index], result with { Digest = (UInt128)(ulong)index }, cost, DateTimeOffset.UnixEpoch));
            if (index % FlushEvery == 0)
            {
                store.Flush();
            }
        }

        Console.WriteLine($"{store.RecordedCount} points are in {folder}");
        return 0;
    }
}
