using System.Text.Json.Nodes;
using CsCheck;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Service.Api;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Api;

public sealed class PointRoutesTests : ApiTestBase, IDisposable
{
    private readonly SmallStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task RecordedPointsAreListedWithTheirParametersAndFigures()
    {
        await using var coordinator = await StartAsync();

        var page = (await GetAsync(coordinator, "/api/v1/sweeps/small/points")).Json;

        var points = page["points"]!.AsArray();
        Assert.Equal([(0, "ok", 100), (1, "ok", 100), (2, "ok", 200), (3, "failed", 200)], points.Select(point =>
            ((int)point!["index"]!, (string)point["status"]!, (int)point["n"]!)));
        Assert.InRange((double)points[0]!["rate_hz"]!, 0.1, 10);
        Assert.Equal(("here", null), ((string?)points[0]!["host"], (string?)points[0]!["error"]));
        Assert.Equal((null, "broken", "fault", 3), (
            (double?)points[3]!["rate_hz"], (string?)points[3]!["error"], (string?)points[3]!["error_kind"], (int)points[3]!["attempts"]!));
        Assert.Null(page["next"]);
        Assert.Empty(page["damage"]!.AsArray());
        Assert.Empty(coordinator.Requests);
    }

    [Fact]
    public async Task APageSaysWhereTheNextBegins()
    {
        await using var coordinator = await StartAsync();

        var first = (await GetAsync(coordinator, "/api/v1/sweeps/small/points?limit=3")).Json;
        var second = (await GetAsync(coordinator, $"/api/v1/sweeps/small/points?limit=3&after={first["next"]}")).Json;

        Assert.Equal([0, 1, 2], Indices(first));
        Assert.Equal([3], Indices(second));
        Assert.Null(second["next"]);
    }

    [Theory]
    [InlineData("failed", new long[] { 3 })]
    [InlineData("divergent", new long[0])]
    [InlineData("recorded", new long[] { 0, 1, 2, 3 })]
    public async Task PointsAreListedByStatus(string status, long[] indices)
    {
        await using var coordinator = await StartAsync();

        Assert.Equal(indices, Indices((await GetAsync(coordinator, $"/api/v1/sweeps/small/points?status={status}")).Json));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=1.5")]
    [InlineData("limit=1&limit=2")]
    [InlineData("after=-2")]
    [InlineData("after=99999999999999999999")]
    [InlineData("status=Failed")]
    public async Task AQueryThatCannotBeRightIsRefused(string query)
    {
        await using var coordinator = await StartAsync();

        AssertProblem(await GetAsync(coordinator, $"/api/v1/sweeps/small/points?{query}"), 400);
    }

    [Fact]
    public async Task APointIsShownWholeUnderTheNamesOfExportedColumns()
    {
        await using var coordinator = await StartAsync();

        var point = (await GetAsync(coordinator, "/api/v1/sweeps/small/points/2")).Json;

        Assert.Equal(RecordColumns.Published.All.Select(column => column.Name).Append("divergent_digests"), point.Select(column => column.Key));
        Assert.Equal((2, 200, 1), ((int)point["index"]!, (int)point["n"]!, (int)point["seed_ic"]!));
        Assert.Empty(point["divergent_digests"]!.AsArray());
    }

    [Theory]
    [InlineData("small/points/4", 404, "0 to 3")]
    [InlineData("small/points/1000000000000", 404, "0 to 3")]
    [InlineData("small/points/-1", 400, "whole number")]
    [InlineData("small/points/one", 400, "whole number")]
    [InlineData("other/points/1", 404, "no sweep")]
    [InlineData("other/points", 404, "no sweep")]
    public async Task APointThatThereIsNotIsAProblemThatSaysWhy(string path, int status, string says)
    {
        await using var coordinator = await StartAsync();

        var problem = AssertProblem(await GetAsync(coordinator, $"/api/v1/sweeps/{path}"), status);

        Assert.Contains(says, (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APointThatIsNotRecordedYetIsNotFoundUntilItIs()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", SmallStore.Text);

        var problem = AssertProblem(await GetAsync(coordinator, "/api/v1/sweeps/small/points/0"), 404);
        coordinator.Join().Run(4);
        var found = await GetAsync(coordinator, "/api/v1/sweeps/small/points/0");

        Assert.Contains("not recorded yet", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal((200, "ok"), (found.Status, (string)found.Json["status"]!));
    }

    [Fact]
    public void PagesHoldEachRecordedPointOnceInOrderWhateverTheOrderOfRecording() => Gen.Select(
        Gen.Shuffle(Enumerable.Range(0, 40).ToArray()), Gen.Int[0, 40], Gen.Int[1, 15], Gen.Int[0, 7]).Sample(
        (order, count, limit, kind) =>
        {
            using var store = new FilledStore(order.Take(count), fails: index => index % 8 == kind, diverges: index => index % 8 == (kind + 1) % 8);

            Assert.Equal(order.Take(count).Select(index => (long)index).Order(), AllOf(store.Folder, PointSelection.Recorded, limit));
            Assert.Equal(
                order.Take(count).Where(index => index % 8 == kind).Select(index => (long)index).Order(),
                AllOf(store.Folder, PointSelection.Failed, limit));
            Assert.Equal(
                order.Take(count).Where(index => index % 8 == (kind + 1) % 8).Select(index => (long)index).Order(),
                AllOf(store.Folder, PointSelection.Divergent, limit));
        },
        iter: 60);

    [Fact]
    public void APointIsShownWithTheDigestsThatContradictIt()
    {
        using var store = new FilledStore([5, 6], fails: _ => false, diverges: index => index == 6);
        var plan = new SweepPlan(SweepFile.Parse(FilledStore.Text, "filled.yaml"));

        var agreed = PointSearch.Find(store.Folder, plan.KeyAt(5), TestContext.Current.CancellationToken);
        var contradicted = PointSearch.Find(store.Folder, plan.KeyAt(6), TestContext.Current.CancellationToken);
        var missing = PointSearch.Find(store.Folder, plan.KeyAt(7), TestContext.Current.CancellationToken);

        Assert.Equal((5, 0), (agreed.Record!.Index, agreed.Divergent.Count));
        Assert.Equal((6, PointStatus.Ok), (contradicted.Record!.Index, contradicted.Record.Status));
        Assert.NotEqual(contradicted.Record.Result!.Digest, Assert.Single(contradicted.Divergent).Result!.Digest);
        Assert.Null(missing.Record);
    }

    private static List<long> AllOf(string folder, PointSelection selection, int limit)
    {
        List<long> all = [];
        for (long? after = -1; after is { } last;)
        {
            var page = PointPage.Read(folder, selection, last, limit, TestContext.Current.CancellationToken);
            Assert.InRange(page.Points.Count, page.Next is null ? 0 : limit, limit);
            Assert.True(page.Next is null || page.Next > last);
            all.AddRange(page.Points.Select(point => (long)point["index"]!));
            after = page.Next;
        }

        return all;
    }

    private static long[] Indices(JsonObject page) => [.. page["points"]!.AsArray().Select(point => (long)point!["index"]!)];

    private async Task<FakeCoordinator> StartAsync()
    {
        var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = _store.Folder;
        return coordinator;
    }
}
