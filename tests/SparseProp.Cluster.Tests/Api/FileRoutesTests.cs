using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Tests.Sources;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>Sweeps that name files, which are sent ahead of them.</summary>
public sealed class FileRoutesTests : ApiTestBase
{
    private static readonly string List = JsonSerializer.Serialize(
        new FileListDocument([.. NetworkSweep.Texts.Select(file => new NamedFileDocument(file.Key, HashOf(file.Value), file.Value.Length))]),
        ApiJson.Default.FileListDocument);

    [Fact]
    public async Task ASubmissionSaysWhichFilesAreMissingAndRunsWhenAllAreThere()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();

        Assert.Equal([HashOf(List)], Missing(await SubmitAsync(coordinator)));
        await UploadAsync(coordinator.Address, List);
        Assert.Equal(NetworkSweep.Texts.Values.Select(HashOf).Order(), Missing(await SubmitAsync(coordinator)).Order());
        foreach (var text in NetworkSweep.Texts.Values)
        {
            await UploadAsync(coordinator.Address, text);
        }

        var submitted = await SubmitAsync(coordinator);

        Assert.Equal((201, "started"), (submitted.Status, (string)submitted.Json["outcome"]!));
        var folder = Path.Combine(coordinator.Folder, NetworkSweep.Name);
        Assert.Equal(NetworkSweep.Texts.Values.Select(HashOf).Order(StringComparer.Ordinal), FileArchive.Of(folder).Hashes);
        Assert.Equal("attached", (string)(await SubmitAsync(coordinator)).Json["outcome"]!);
        Assert.Equal([NetworkSweep.Name], (await GetAsync(coordinator, "/api/v1/sweeps")).Json["sweeps"]!.AsArray().Select(sweep => (string)sweep!["name"]!));
    }

    [Fact]
    public async Task ASweepWithoutItsFilesIsToldWhatItLacks()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();

        var problem = AssertProblem(await PostAsync(coordinator, "/api/v1/sweeps", NetworkSweep.Text), 400);

        Assert.Contains("nets/tiny.network.yaml cannot be read", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatIsNotWhatItsNameSaysIsNotKept()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        AssertProblem(await PutAsync(coordinator.Address, HashOf("a"), "b"), 400);

        Assert.Empty(coordinator.Uploads.Hashes);
    }

    [Fact]
    public async Task NoFileIsLargerThanItMayBe()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(also: options => options with { MostFileBytes = 10 });

        Assert.Equal(204, (await PutAsync(coordinator.Address, HashOf("0123456789"), "0123456789")).Status);
        AssertProblem(await PutAsync(coordinator.Address, HashOf("0123456789a"), "0123456789a"), 413);
        AssertProblem(await PutAsync(coordinator.Address, HashOf("0123456789a"), "0123456789a", request => request.Headers.TransferEncodingChunked = true), 413);
        Assert.Equal([HashOf("0123456789")], coordinator.Uploads.Hashes);
    }

    [Theory]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task NothingButAHashIsAName(string name)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        AssertProblem(await PutAsync(coordinator.Address, name, "a"), 400);
    }

    [Fact]
    public async Task OnlyTheCoordinatorInOfficeTakesFiles()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.IsActive = false;

        AssertProblem(await PutAsync(coordinator.Address, HashOf("a"), "a"), 503);
        AssertProblem(await SendAsync(coordinator.Address, HttpMethod.Post, $"/api/v1/sweeps?files={HashOf("a")}", Sweep), 503);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"files\": [null]}")]
    [InlineData("{\"files\": [{\"name\": \"e.csv\", \"sha256\": \"../../etc/passwd\", \"bytes\": 1}]}")]
    [InlineData("{\"files\": [{\"name\": \"e.csv\", \"sha256\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"bytes\": -1}]}")]
    public async Task WhatIsNoListOfFilesIsRefused(string list)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        await UploadAsync(coordinator.Address, list);

        var problem = AssertProblem(await SendAsync(coordinator.Address, HttpMethod.Post, $"/api/v1/sweeps?files={HashOf(list)}", Sweep), 400);

        Assert.StartsWith("the list of files is no JSON as ", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatNoSweepHasAskedForInADayIsRemoved()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        await UploadAsync(coordinator.Address, "old");
        await UploadAsync(coordinator.Address, "young");
        var old = new DataFile("", HashOf("old"), 3);
        File.SetLastWriteTimeUtc(((FileStream)coordinator.Uploads.Open(old.Sha256)).Name, DateTime.UtcNow.AddDays(-1.01));

        await UploadAsync(coordinator.Address, "new");

        Assert.Equal(new[] { HashOf("young"), HashOf("new") }.Order(StringComparer.Ordinal), coordinator.Uploads.Hashes);
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static IEnumerable<string> Missing(Reply reply) =>
        AssertProblem(reply, 422)["missing"]!.AsArray().Select(hash => (string)hash!);

    private static Task<Reply> SubmitAsync(LiveCoordinator coordinator) =>
        PostAsync(coordinator, $"/api/v1/sweeps?file=tiny.yaml&files={HashOf(List)}", NetworkSweep.Text);

    private static async Task UploadAsync(Uri address, string text) => Assert.Equal(204, (await PutAsync(address, HashOf(text), text)).Status);

    private static Task<Reply> PutAsync(Uri address, string hash, string text, Action<HttpRequestMessage>? also = null) =>
        SendAsync(address, HttpMethod.Put, $"/api/v1/files/{hash}", also: request =>
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
            also?.Invoke(request);
        });
}
