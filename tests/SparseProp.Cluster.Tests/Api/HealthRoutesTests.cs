using SparseProp.Cluster.Coordination;
using SparseProp.Service.Hosting;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Tests.Api;

public sealed class HealthRoutesTests : ApiTestBase
{
    [Fact]
    public async Task AnActiveCoordinatorIsReady()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var reply = await GetAsync(coordinator, "/health/ready");

        Assert.Equal((200, true), (reply.Status, (bool)reply.Json["ok"]!));
        Assert.Empty(reply.Json["reasons"]!.AsArray());
    }

    [Fact]
    public async Task AStandbyIsAliveButNotReadyAndSaysWhy()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new Declined(DeclineReason.NotReady, "the stores are held by node1");

        var ready = await GetAsync(coordinator, "/health/ready");

        Assert.Equal((503, false), (ready.Status, (bool)ready.Json["ok"]!));
        Assert.Equal("the stores are held by node1", (string)ready.Json["reasons"]![0]!);
        Assert.Equal(200, (await GetAsync(coordinator, "/health/live")).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AProcessWhoseCoordinatorIsAbsentOrSilentIsNotReady(bool isActive)
    {
        await using var coordinator = await FakeCoordinator.StartAsync(answerTimeout: TimeSpan.FromMilliseconds(50));
        coordinator.IsActive = isActive;
        coordinator.Answer = _ => null;

        var reply = await GetAsync(coordinator, "/health/ready");

        Assert.Equal(503, reply.Status);
        Assert.Single(reply.Json["reasons"]!.AsArray());
    }

    [Fact]
    public async Task ACoordinatorWithAStuckSweepIsReadyAndSaysWhichAndWhy()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new ClusterStatus(1, "build", [], [])
        {
            StuckSweeps = new Dictionary<string, string> { ["b"] = "no space left", ["a"] = "broken" },
        };

        var reply = await GetAsync(coordinator, "/health/ready");

        Assert.Equal((200, true), (reply.Status, (bool)reply.Json["ok"]!));
        Assert.Equal(
            ["sweep a is stuck: broken", "sweep b is stuck: no space left"], reply.Json["reasons"]!.AsArray().Select(reason => (string)reason!));
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task ASweepWhoseStoreCannotBeWrittenIsStuck()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", SmallStore.Text);
        var worker = coordinator.Join();
        var held = worker.Take();
        File.Delete(Path.Combine(coordinator.Folder, "small", "manifest.msgpack"));
        worker.Say(worker.Ran(held));

        Reply reply;
        do
        {
            reply = await GetAsync(coordinator, "/health/ready");
            Assert.Equal(200, reply.Status);
        }
        while (reply.Json["reasons"]!.AsArray().Count == 0);

        Assert.StartsWith("sweep small is stuck: ", (string)Assert.Single(reply.Json["reasons"]!.AsArray())!, StringComparison.Ordinal);
        IReadOnlyList<PrometheusSample> samples;
        do
        {
            samples = PrometheusText.Read((await GetAsync(coordinator, "/metrics")).Text);
        }
        while (!samples.Any(sample => sample is { Metric: "sparseprop_sweep_stuck", Value: 1 } && sample.Labels["sweep"] == "small"));
    }

    [Fact]
    public async Task ACoordinatorWhoseStoresCannotBeWrittenIsNotReady()
    {
        var folder = Directory.CreateTempSubdirectory("sparseprop-").FullName;
        var clock = new SetClock();
        await using var coordinator = await FakeCoordinator.StartAsync(
            also: options => options with { StoreProblem = new StoreProbe(folder, clock).Problem });
        Assert.Equal(200, (await GetAsync(coordinator, "/health/ready")).Status);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));

        Directory.Delete(folder);
        clock.Now += TimeSpan.FromMinutes(1);
        var reply = await GetAsync(coordinator, "/health/ready");

        Assert.Equal((503, false), (reply.Status, (bool)reply.Json["ok"]!));
        Assert.Contains("cannot be written", (string)Assert.Single(reply.Json["reasons"]!.AsArray())!, StringComparison.Ordinal);
        Assert.Equal(200, (await GetAsync(coordinator, "/health/live")).Status);
    }
}
