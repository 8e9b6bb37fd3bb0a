using SparseProp.Cluster.Coordination;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Tests.Api;

public sealed class WorkerRoutesTests : ApiTestBase
{
    private const string ThreePoints = """
        name: three
        model: lif
        grid: { seed_ic: 1..3 }
        fixed: { n: 100, k: 10 }
        stop: { spikes: 100 }
        """;

    [Fact]
    public async Task ADrainedWorkerFinishesWhatItHasAndGetsMoreOnceItIsResumed()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", ThreePoints);
        var worker = coordinator.Join();
        var held = worker.Take();

        var drained = await PostAsync(coordinator, "/api/v1/workers/w1/drain");
        worker.TakeNothing();
        worker.Report(worker.Ran(held));
        var sweep = (await GetAsync(coordinator, "/api/v1/sweeps/three")).Json;
        var listed = Assert.Single((await GetAsync(coordinator, "/api/v1/workers")).Json["workers"]!.AsArray())!;
        var resumed = await PostAsync(coordinator, "/api/v1/workers/w1/resume");

        Assert.Equal((200, true), (drained.Status, (bool)drained.Json["drained"]!));
        Assert.Equal((1, 0), ((int)sweep["recorded"]!, (int)sweep["leased"]!));
        Assert.Equal(("w1", true), ((string)listed["name"]!, (bool)listed["drained"]!));
        Assert.False((bool)resumed.Json["drained"]!);
        worker.Expect<Protocol.WorkProtocol.WorkGranted>();
    }

    [Fact]
    public async Task AnotherCoordinatorKnowsNothingOfTheDrain()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        coordinator.Join();
        await PostAsync(coordinator, "/api/v1/workers/w1/drain");

        await coordinator.StopActorAsync();
        coordinator.StartActor();
        coordinator.Join();

        Assert.False((bool)(await GetAsync(coordinator, "/api/v1/workers")).Json["workers"]![0]!["drained"]!);
    }

    [Theory]
    [InlineData("drain")]
    [InlineData("resume")]
    public async Task AnUnknownWorkerIsNotFound(string command)
    {
        await using var coordinator = await LiveCoordinator.StartAsync();

        var problem = AssertProblem(await PostAsync(coordinator, $"/api/v1/workers/w%2F7/{command}"), 404);

        Assert.Contains("no worker named", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LeasedPointsAreListed()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", ThreePoints);
        var (first, second) = (coordinator.Join(), coordinator.Join("w2"));
        var (held, _) = (first.Take(), second.Take());

        var all = (await GetAsync(coordinator, "/api/v1/leases")).Json;
        var one = (await GetAsync(coordinator, "/api/v1/leases?sweep=three&worker=w1")).Json;
        var none = (await GetAsync(coordinator, "/api/v1/leases?sweep=other")).Json;
        var cut = (await GetAsync(coordinator, "/api/v1/leases?limit=1")).Json;

        Assert.Equal((2, 2), (all["points"]!.AsArray().Count, (int)all["total"]!));
        var point = Assert.Single(one["points"]!.AsArray())!;
        Assert.Equal(
            (held.Lease.ToString(), "three", held.Points[0].Index, "w1", "work"),
            ((string)point["lease"]!, (string)point["sweep"]!, (long)point["index"]!, (string)point["worker"]!, (string)point["kind"]!));
        Assert.InRange((double)point["age_s"]!, 0, 30);
        Assert.Equal(new SchedulerOptions().LeaseTime.TotalSeconds, (double)point["age_s"]! + (double)point["expires_s"]!, 3);
        Assert.Equal((0, 0), (none["points"]!.AsArray().Count, (int)none["total"]!));
        Assert.Equal((1, 2), (cut["points"]!.AsArray().Count, (int)cut["total"]!));
    }

    [Fact]
    public async Task TheFiltersOfLeasesReachTheCoordinator()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new LeasedPointList([], 0);

        await GetAsync(coordinator, "/api/v1/leases?sweep=a&worker=b&limit=7");

        Assert.Equal(new GetLeases("a", "b", 7), Assert.Single(coordinator.Requests));
    }
}
