using System.Text;

namespace SparseProp.Cluster.Tests.Api;

public sealed class HostileSubmissionTests : ApiTestBase
{
    [Fact]
    public async Task EveryErrorOfAnInvalidFileIsNamedWithItsPlace()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var reply = await SubmitAsync(
            coordinator,
            """
            name: broken
            model: lif
            grd: { n: [100] }
            grid: { n: [100], k: [100], j0: [.nan] }
            stop: { spikes_per_neuron: 20 }
            """,
            "?file=my.yaml");

        var errors = AssertProblem(reply, 400)["errors"]!.AsArray();
        Assert.Equal((3, 1, "grd"), ((int)errors[0]!["line"]!, (int)errors[0]!["column"]!, (string)errors[0]!["key"]!));
        Assert.Contains("grid", (string)errors[0]!["message"]!, StringComparison.Ordinal);
        Assert.StartsWith("my.yaml:3:1: grd: ", (string)errors[0]!["text"]!, StringComparison.Ordinal);
        Assert.Contains(errors, error => (int)error!["line"]! == 4);
        Assert.Empty(coordinator.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name: a\nname: b")]
    [InlineData("&a [*a, *a]")]
    [InlineData("{{{{{{{{")]
    public async Task WhateverTheTextIsItIsRefusedWithAPlace(string text)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var errors = AssertProblem(await SubmitAsync(coordinator, text), 400)["errors"]!.AsArray();

        Assert.All(errors, error => Assert.True((int)error!["line"]! >= 1 && (int)error["column"]! >= 1));
        Assert.NotEmpty(errors);
    }

    [Fact]
    public async Task BytesThatAreNoTextAreRefused()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var reply = await SendAsync(coordinator, HttpMethod.Post, "/api/v1/sweeps", also: request =>
            request.Content = new ByteArrayContent([.. "name: "u8, 0xff, 0xfe]));

        Assert.Contains("UTF-8", (string)AssertProblem(reply, 400)["errors"]![0]!["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ABodyOfOverOneMebibyteIsRefusedWhetherItsLengthIsToldOrNot(bool tellsLength)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        var bytes = Encoding.UTF8.GetBytes("# " + new string('x', 1 << 20));

        var reply = await SendAsync(coordinator, HttpMethod.Post, "/api/v1/sweeps", also: request =>
        {
            request.Content = new ByteArrayContent(bytes);
            request.Headers.TransferEncodingChunked = !tellsLength;

            // Who sends on regardless may find the connection closed before it reads why.
            request.Headers.ExpectContinue = true;
        });

        AssertProblem(reply, 413);
        Assert.Empty(coordinator.Requests);
    }

    [Theory]
    [InlineData("grid: { n: [100], j0: { from: 1, to: 2, steps: 200000 }, rate: { from: 1, to: 2, steps: 1e5 } }", "20000000000 points")]
    [InlineData("grid: { n: [100] }\nzip: { seed_ic: 1..10000000000, seed_net: 1..10000000000 }", "10000000000 points, and 1000000000 is the most")]
    [InlineData("grid: { n: [100], seed_ic: 1..1000000001 }", "1000000001 points")]
    [InlineData("grid: { n: [100, 1000000001] }", "n = 1000000001")]
    [InlineData("grid: { n: { from: 100, to: 2000000000, steps: 1500000 } }", "n = 2000000000")]
    public async Task ASweepThatNoClusterTakesIsRefused(string grid, string reason)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var reply = await SubmitAsync(coordinator, $"name: huge\nmodel: lif\n{grid}\nfixed: {{ k: 10 }}\nstop: {{ spikes: 1 }}\n");

        Assert.Contains(reason, (string)AssertProblem(reply, 400)["errors"]![0]!["message"]!, StringComparison.Ordinal);
        Assert.Empty(coordinator.Requests);
    }

    [Theory]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("Upper")]
    [InlineData("a%0A")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task ANameThatNoSweepCanHaveGoesNowhere(string name)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        AssertProblem(await GetAsync(coordinator, $"/api/v1/sweeps/{name}"), 400);
        AssertProblem(await GetAsync(coordinator, $"/api/v1/sweeps/{name}/table"), 400);
        AssertProblem(await SendAsync(coordinator, HttpMethod.Delete, $"/api/v1/sweeps/{name}"), 400);
        Assert.Empty(coordinator.Requests);
    }
}
