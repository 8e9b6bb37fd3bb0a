using SparseProp.Cluster.Coordination;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Tests.Api;

public sealed class RefusalTests : ApiTestBase
{
    [Theory]
    [InlineData(DeclineReason.Unknown, 404)]
    [InlineData(DeclineReason.Conflict, 409)]
    [InlineData(DeclineReason.NotReady, 503)]
    [InlineData(DeclineReason.Failed, 500)]
    internal async Task WhatTheCoordinatorDeclinesIsAProblemInItsWords(DeclineReason reason, int status)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new Declined(reason, "because");

        var reply = await SubmitAsync(coordinator, Sweep);

        Assert.Equal("because", (string)AssertProblem(reply, status)["detail"]!);
        Assert.Equal(status == 503 ? TimeSpan.FromSeconds(1) : null, reply.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task WithoutACoordinatorTheApiIsNotReady()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.IsActive = false;

        var reply = await GetAsync(coordinator, "/api/v1/sweeps");

        AssertProblem(reply, 503);
        Assert.Equal(TimeSpan.FromSeconds(1), reply.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task ACoordinatorThatDoesNotAnswerIsATimeout()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(answerTimeout: TimeSpan.FromMilliseconds(50));
        coordinator.Answer = _ => null;

        AssertProblem(await GetAsync(coordinator, "/api/v1/sweeps"), 504);
    }

    [Fact]
    public async Task AFaultKeepsItsDetailsToTheLog()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => "no answer of the protocol";

        var problem = AssertProblem(await GetAsync(coordinator, "/api/v1/sweeps"), 500);

        Assert.DoesNotContain("String", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/api/v2/sweeps", 404)]
    [InlineData("POST", "/api/v1/sweeps/short/explode", 404)]
    [InlineData("PATCH", "/api/v1/sweeps/short", 405)]
    [InlineData("GET", "/api/v1/sweeps/short/cancel", 405)]
    public async Task WhatThereIsNotIsAProblem(string method, string path, int status)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        AssertProblem(await SendAsync(coordinator, new HttpMethod(method), path), status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer secre")]
    [InlineData("Bearer secret2")]
    [InlineData("Basic secret")]
    [InlineData("secret")]
    public async Task WithoutTheTokenNothingIsDone(string? authorization)
    {
        await using var coordinator = await FakeCoordinator.StartAsync("secret");

        var reply = await SendAsync(coordinator, HttpMethod.Post, "/api/v1/sweeps", Sweep, request =>
        {
            if (authorization is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", authorization);
            }
        });

        AssertProblem(reply, 401);
        Assert.Equal("Bearer", reply.Headers.WwwAuthenticate.ToString());
        Assert.Empty(coordinator.Requests);
    }

    [Fact]
    public async Task WithTheTokenAllIsDoneAndHealthNeedsNone()
    {
        await using var coordinator = await FakeCoordinator.StartAsync("secret");

        var list = await SendAsync(
            coordinator, HttpMethod.Get, "/api/v1/sweeps", also: request => request.Headers.Authorization = new("Bearer", "secret"));

        Assert.Equal(200, list.Status);
        Assert.Equal(200, (await GetAsync(coordinator, "/health/live")).Status);
        Assert.Equal(200, (await GetAsync(coordinator, "/health/ready")).Status);
        AssertProblem(await GetAsync(coordinator, "/healthy"), 401);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "evil.example")]
    public async Task APageOfAnotherSiteGivesNoOrders(string header, string value)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var reply = await SendAsync(
            coordinator, HttpMethod.Post, "/api/v1/sweeps", Sweep, request => request.Headers.TryAddWithoutValidation(header, value));

        AssertProblem(reply, 403);
        Assert.Empty(coordinator.Requests);
    }
}
