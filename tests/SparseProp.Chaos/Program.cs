using System.CommandLine;
using SparseProp.Chaos;

var minutes = new Option<double>("--minutes") { Description = "How long faults are injected.", DefaultValueFactory = _ => 10 };
var seed = new Option<int>("--seed") { Description = "Chooses sweeps and faults; printed at the end.", DefaultValueFactory = _ => Environment.TickCount & 0xFFFF };
var workers = new Option<int>("--workers") { Description = "Worker processes.", DefaultValueFactory = _ => 3 };
var standby = new Option<bool>("--standby") { Description = "A second coordinator over the same store." };
var replicates = new Option<int>("--replicates") { Description = "Points of each kind in a sweep; a sweep has six kinds.", DefaultValueFactory = _ => 60 };
var root = new RootCommand(
    "Runs sweeps on a cluster of processes while it kills, stops and restarts them, and compares every store with that of an undisturbed run.")
{
    minutes, seed, workers, standby, replicates,
};
root.SetAction((parsed, cancellation) => ChaosRun.RunAsync(
    new ChaosOptions(
        TimeSpan.FromMinutes(parsed.GetValue(minutes)),
        parsed.GetValue(seed),
        parsed.GetValue(workers),
        parsed.GetValue(standby),
        parsed.GetValue(replicates)),
    cancellation));
return await root.Parse(args).InvokeAsync();
