using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>What is one is said to be one.</summary>
public sealed class CountsTests : CommandTestBase
{
    [Fact]
    public async Task OfWorkersSlotsAndLeases()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new ClusterStatus(
            1, "build", [new WorkerSummary("one", "host", 1, 1 << 30, 1, false)], [new LeaseSummary("1", "small", "one", "work", 1, 2)]);

        var run = await RunAsync(coordinator, "cluster");

        Assert.StartsWith("epoch 1, build build, 1 worker, 1 slot, 1 lease\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfPointsOfASweep()
    {
        var sweep = Folder.Write("one.yaml", "name: one\nmodel: lif\nfixed: { n: 100, k: 10 }\ngrid: { j0: [1] }\nstop: { spikes: 100 }\n");

        var predicted = await Sparseprop.RunAsync("run", sweep, "--simulate-cluster", "1x2", "--out", Folder.In("out"));
        var first = await Sparseprop.RunAsync("run", sweep, "--out", Folder.In("out"));
        var second = await Sparseprop.RunAsync("run", sweep, "--out", Folder.In("out"));

        Assert.StartsWith("1 point on 1 worker of 2 slots\n", predicted.Output, StringComparison.Ordinal);
        Assert.Contains("one: 1 point to run, ", first.Errors, StringComparison.Ordinal);
        Assert.Contains("one: its only point is in ", second.Errors, StringComparison.Ordinal);
    }
}
