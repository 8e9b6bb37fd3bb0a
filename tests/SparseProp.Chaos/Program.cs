using System.CommandLine;
using SparseProp.Chaos;

var minutes = new Option<double>("--minutes") { Description = "How long faults are injected.", DefaultValueFactory = _ => 10 };
var seed = new Option<int>("--seed") { Description = "Chooses sweeps and faults; printed at the end.", DefaultValueFactory = _ => Environment.TickCount & 0xFFFF };
var workers = new Option<int>("--workers") { Description = "Worker processes.", DefaultValueFactory = _ => 3 };
var standby = new Option<bool>("--standby") { Description = "A second coordinator over the same store." };
var replicates = new Option<int>("--replicates") { Description = "Points of each kind in a sweep; a sweep has six kinds.", DefaultValueFactory = _ => 60 };
var length = new Option<int>("--spikes-per-neuron") { Description = "Length of each point.", DefaultValueFactory = _ => 40 };
var loopback = new Option<bool>("--loopback") { Description = "Leave the network alone, also where it could be disturbed: as root on Linux." };
var logs = new Option<string?>("--logs") { Description = "Write all that the nodes have logged to FILE.", HelpName = "FILE" };
var root = new RootCommand(
    "Runs sweeps on a cluster of processes while it kills, stops, restarts and disconnects them, and compares every store with that of an "
    + "undisturbed run.")
{
    minutes, seed, workers, standby, replicates, length, loopback, logs,
};
root.SetAction(async (parsed, cancellation) =>
{
    var obstacle = parsed.GetValue(loopback) ? "--loopback" : await NetworkUnderTest.ObstacleAsync();
    if (obstacle is not null)
    {
        Console.Out.WriteLine($"all nodes are on loopback, and none is disconnected: {obstacle}");
    }

    var options = new ChaosOptions(
        TimeSpan.FromMinutes(parsed.GetValue(minutes)),
        parsed.GetValue(seed),
        parsed.GetValue(workers),
        parsed.GetValue(standby),
        parsed.GetValue(replicates),
        parsed.GetValue(length),
        Network: obstacle is null)
    {
        LogFile = parsed.GetValue(logs),
    };
    return await ChaosRun.RunAsync(options, Console.Out, cancellation) ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();
