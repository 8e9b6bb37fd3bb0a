using System.Text.Json.Nodes;
using SparseProp.Engine.Statistics;
using SparseProp.Results.Tables;
using SparseProp.Service.Api;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Api;

public sealed class TableRouteTests : ApiTestBase, IDisposable
{
    private readonly SmallStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task AStoresPointsAreAveragedOverTheirSeeds()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = _store.Folder;

        var reply = await GetAsync(coordinator, "/api/v1/sweeps/small/table");

        Assert.Equal(200, reply.Status);
        Assert.Equal(["n", "k", "j0"], Strings(reply.Json["columns"]!));
        var rows = reply.Json["rows"]!.AsArray();
        Assert.Equal([(100, 2, 0), (200, 1, 1)], rows.Select(row => ((int)row!["n"]!, (int)row["seeds"]!, (int)row["failed"]!)));
        Assert.Equal((10, 1), ((int)rows[0]!["k"]!, (int)rows[0]!["j0"]!));
        Assert.InRange((double)rows[0]!["rate_hz"]!, 0.1, 10);
        Assert.True((double)rows[0]!["rate_hz_sem"]! > 0);
        Assert.Null(rows[1]!["rate_hz_sem"]);
        Assert.Empty(reply.Json["damage"]!.AsArray());
        Assert.Empty(coordinator.Requests);
    }

    [Theory]
    [InlineData("1000%", true)]
    [InlineData("1e-9%", false)]
    public void WhereSeedsWereAddedUntilAnIntervalIsReachedNoNarrowerOneIsTold(string asked, bool isReached)
    {
        using var store = new SmallStore(Until(asked));

        var (rate, cv) = MeansIn(store, asked);

        Assert.Equal(8, rate.Count);
        Assert.Equal(isReached ? 10 * rate.Mean : Interval(rate), rate.HalfWidth, 1e-9);
        Assert.Equal(Interval(cv), cv.HalfWidth, 1e-9);
    }

    [Fact]
    public void TheSeedsOfTheFirstRoundHaveTheIntervalThatTheyHave()
    {
        var (rate, _) = MeansIn(_store, "1000%");

        Assert.Equal(2, rate.Count);
        Assert.Equal(Interval(rate), rate.HalfWidth, 1e-9);
    }

    [Fact]
    public async Task ColumnsCanBeChosen()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = _store.Folder;

        var reply = await GetAsync(coordinator, "/api/v1/sweeps/small/table?by=model,k");

        Assert.Equal(["model", "k"], Strings(reply.Json["columns"]!));
        var row = Assert.Single(reply.Json["rows"]!.AsArray())!;
        Assert.Equal(("lif", 3), ((string)row["model"]!, (int)row["seeds"]!));
    }

    [Fact]
    public async Task AnUnknownColumnIsRefusedWithThoseThereAre()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = _store.Folder;

        var problem = AssertProblem(await GetAsync(coordinator, "/api/v1/sweeps/small/table?by=colour"), 400);

        Assert.Contains("excitatory_fraction", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASweepWithoutAStoreHasNoTable()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        AssertProblem(await GetAsync(coordinator, "/api/v1/sweeps/other/table"), 404);
    }

    [Fact]
    public async Task AStoreThatCannotBeReadIsAProblem()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = Path.Combine(_store.Folder, "nowhere");

        AssertProblem(await GetAsync(coordinator, "/api/v1/sweeps/small/table"), 500);
    }

    private static IEnumerable<string> Strings(JsonNode array) => array.AsArray().Select(item => (string)item!);

    private static string Until(string asked) => $"{SmallStore.Text}\nuntil: {{ statistic: rate, ci: {asked}, max_replicates: 8 }}";

    private static double Interval(Estimate estimate) => StudentQuantile.Of(estimate.Count - 1) * estimate.StandardError;

    private static (Estimate Rate, Estimate Cv) MeansIn(SmallStore store, string asked)
    {
        var plan = new SweepPlan(SweepFile.Parse(Until(asked), "small.yaml"));
        var values = SweepTable.Of(plan, store.Folder, cancellation: TestContext.Current.CancellationToken).Table.Rows[0].Values;
        return (values[0], values[1]);
    }
}
