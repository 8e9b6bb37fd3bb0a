using System.Text.Json.Nodes;
using SparseProp.Cluster.Coordination;
using SparseProp.Results.Root;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Tests.Api;

public sealed class SweepRoutesTests : ApiTestBase
{
    [Fact]
    public async Task ASweepIsShownUnderTheDocumentedNames()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => FakeCoordinator.Status("short", failed: 1, divergent: 2, problem: "disk full", notices: "point 3 failed");

        var reply = await GetAsync(coordinator, "/api/v1/sweeps/short");

        Assert.Equal(200, reply.Status);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {
                  "name": "short", "state": "running", "spec_hash": "0123456789abcdef", "priority": 2,
                  "submitted_utc": "2026-03-01T12:00:00+00:00", "points": 10, "recorded": 4, "failed": 1, "leased": 3, "divergent": 2,
                  "verified": 0, "work_done": 0.4, "workers": 2, "slots": 8, "notices": ["point 3 failed"], "problem": "disk full",
                  "not_reached": 0, "over": true
                }
                """),
            reply.Json), reply.Text);
    }

    [Fact]
    public async Task AllSweepsAreListed()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new SweepList([FakeCoordinator.Status("a"), FakeCoordinator.Status("b", SweepState.Paused)]);

        var sweeps = (await GetAsync(coordinator, "/api/v1/sweeps")).Json["sweeps"]!.AsArray();

        Assert.Equal(["a running", "b paused"], sweeps.Select(sweep => $"{sweep!["name"]} {sweep["state"]}"));
    }

    [Theory]
    [InlineData(SubmitOutcome.Started, 201, "started")]
    [InlineData(SubmitOutcome.Attached, 200, "attached")]
    [InlineData(SubmitOutcome.Extended, 200, "extended")]
    internal async Task ASubmissionSaysWhatItLedTo(SubmitOutcome outcome, int status, string name)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = request => new Submitted(FakeCoordinator.Status(((Submit)request).Spec.Name), outcome, ["mind the gap"]);

        var reply = await SubmitAsync(coordinator, Sweep);

        Assert.Equal(status, reply.Status);
        Assert.Equal(name, (string)reply.Json["outcome"]!);
        Assert.Equal("mind the gap", (string)reply.Json["warnings"]![0]!);
        Assert.Equal("short", (string)reply.Json["sweep"]!["name"]!);
    }

    [Fact]
    public async Task TheCoordinatorGetsTheFileWithItsPriorityAndNameForMessages()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        await SubmitAsync(coordinator, Sweep, "?priority=-7&retry_failed=true&file=my/sweep.yaml");

        var submit = Assert.IsType<Submit>(Assert.Single(coordinator.Requests));
        Assert.Equal(Sweep, submit.Spec.Text);
        Assert.Equal((-7, true, "my/sweep.yaml"), (submit.Priority, submit.RetryFailed, submit.Spec.FileName));
    }

    [Fact]
    public async Task WithoutQueryTheFileDecides()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        await SubmitAsync(coordinator, Sweep);

        var submit = Assert.IsType<Submit>(Assert.Single(coordinator.Requests));
        Assert.Equal((null, false, "sweep.yaml"), (submit.Priority, submit.RetryFailed, submit.Spec.FileName));
    }

    [Theory]
    [InlineData("pause", typeof(Pause))]
    [InlineData("resume", typeof(Resume))]
    [InlineData("cancel", typeof(Cancel))]
    [InlineData("retry-failed", typeof(RetryFailed))]
    public async Task ACommandReachesTheCoordinatorAndItsSweepIsShown(string command, Type request)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var reply = await SendAsync(coordinator, HttpMethod.Post, $"/api/v1/sweeps/short/{command}");

        Assert.Equal((200, "short"), (reply.Status, (string)reply.Json["name"]!));
        Assert.IsType(request, Assert.Single(coordinator.Requests));
    }

    [Fact]
    public async Task ThePriorityCanBeChanged()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var reply = await SendAsync(coordinator, HttpMethod.Put, "/api/v1/sweeps/short/priority", """{"priority": 5}""");

        Assert.Equal(200, reply.Status);
        Assert.Equal(new SetPriority("short", 5), Assert.Single(coordinator.Requests));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[5]")]
    [InlineData("""{"priority": "high"}""")]
    [InlineData("""{"priority": 1e10}""")]
    public async Task APriorityThatIsNoNumberIsRefused(string body)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var reply = await SendAsync(coordinator, HttpMethod.Put, "/api/v1/sweeps/short/priority", body);

        AssertProblem(reply, 400);
        Assert.Empty(coordinator.Requests);
    }

    [Fact]
    public async Task ADeletedSweepLeavesNothingToSay()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var reply = await SendAsync(coordinator, HttpMethod.Delete, "/api/v1/sweeps/short");

        Assert.Equal((204, ""), (reply.Status, reply.Text));
        Assert.Equal(new Delete("short"), Assert.Single(coordinator.Requests));
    }

    [Theory]
    [InlineData("?priority=high")]
    [InlineData("?retry_failed=perhaps")]
    [InlineData("?file=two%0Alines")]
    public async Task AQueryThatCannotBeRightIsRefused(string query)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        AssertProblem(await SubmitAsync(coordinator, Sweep, query), 400);
        Assert.Empty(coordinator.Requests);
    }
}
