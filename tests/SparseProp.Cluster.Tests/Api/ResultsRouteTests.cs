using System.Net;
using SparseProp.Results.Export;

namespace SparseProp.Cluster.Tests.Api;

public sealed class ResultsRouteTests : ApiTestBase, IDisposable
{
    private readonly SmallStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("?format=parquet", ExportFormat.Parquet, "parquet", "application/vnd.apache.parquet")]
    [InlineData("?format=csv", ExportFormat.Csv, "csv", "text/csv")]
    [InlineData("?format=jsonl", ExportFormat.Jsonl, "jsonl", "application/jsonl")]
    [InlineData("?format=arrow", ExportFormat.Arrow, "arrow", "application/vnd.apache.arrow.file")]
    [InlineData("", ExportFormat.Jsonl, "jsonl", "application/jsonl")]
    public async Task ResultsAreWhatTheExportWrites(string query, ExportFormat format, string ending, string mediaType)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = _store.Folder;
        using var client = new HttpClient { BaseAddress = coordinator.Address };

        using var response = await client.GetAsync($"/api/v1/sweeps/small/results{query}", TestContext.Current.CancellationToken);
        var content = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        var headers = response.Content.Headers;
        Assert.Equal((HttpStatusCode.OK, mediaType), (response.StatusCode, headers.ContentType?.MediaType));
        Assert.Equal(("attachment", $"small.{ending}"), (headers.ContentDisposition?.DispositionType, headers.ContentDisposition?.FileName));
        Assert.Equal(("4", "0"), (response.Headers.GetValues("Sparseprop-Points").Single(), response.Headers.GetValues("Sparseprop-Damage").Single()));
        Assert.Equal(content.Length, headers.ContentLength);
        Assert.Equal(Exported(format), content);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task NothingIsLeftOfTheFileThatWasSent()
    {
        var prefix = $"sparseprop-api-{Guid.NewGuid():N}-";
        await using var coordinator = await FakeCoordinator.StartAsync(also: options => options with { TemporaryPrefix = prefix });
        coordinator.Stores["small"] = _store.Folder;

        await GetAsync(coordinator, "/api/v1/sweeps/small/results");
        AssertProblem(await GetAsync(coordinator, "/api/v1/sweeps/other/results"), 404);

        // The answer ends before its file goes.
        while (Directory.EnumerateDirectories(Path.GetTempPath(), $"{prefix}*").Any())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task AnUnknownFormatIsRefusedWithThoseThereAre()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = _store.Folder;

        var problem = AssertProblem(await GetAsync(coordinator, "/api/v1/sweeps/small/results?format=xlsx"), 400);

        Assert.Contains("parquet, csv, jsonl, arrow", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStoreThatCannotBeReadIsAProblemAndNoHalfFile()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = Path.Combine(_store.Folder, "nowhere");

        AssertProblem(await GetAsync(coordinator, "/api/v1/sweeps/small/results?format=csv"), 500);
    }

    private byte[] Exported(ExportFormat format)
    {
        var path = Path.Combine(Path.GetDirectoryName(_store.Folder)!, "expected");
        PointExport.Write(_store.Folder, path, format, cancellation: TestContext.Current.CancellationToken);
        return File.ReadAllBytes(path);
    }
}
