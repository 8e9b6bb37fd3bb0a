using System.Text.Json.Nodes;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;
using SparseProp.Results.Root;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cli.Tests.Commands;

public sealed class ClusterCommandsTests : CommandTestBase
{
    [Theory]
    [InlineData("status", typeof(GetSweep))]
    [InlineData("cancel", typeof(Cancel))]
    [InlineData("pause", typeof(Pause))]
    [InlineData("resume", typeof(Resume))]
    [InlineData("retry-failed", typeof(RetryFailed))]
    public async Task ACommandAboutASweepShowsItAfterwards(string command, Type request)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => FakeCoordinator.Status("small", notices: "point 3 failed");

        var text = await RunAsync(coordinator, command, "small");
        var json = await RunAsync(coordinator, command, "small", "--json");

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Matches(@"(?m)^recorded +4$", text.Output);
        Assert.Matches(@"(?m)^point 3 failed$", text.Output);
        Assert.Equal(4, (int)JsonNode.Parse(json.Output)!["recorded"]!);
        Assert.All(coordinator.Requests, asked => Assert.IsType(request, asked));
    }

    [Fact]
    public async Task ATimeOfSubmissionThatIsNotKnownIsLeftOut()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        var sweep = FakeCoordinator.Status("small", SweepState.SetAside) with { Submitted = DateTimeOffset.UnixEpoch };
        coordinator.Answer = request => request is ListSweeps ? new SweepList([sweep]) : sweep;

        var list = await RunAsync(coordinator, "list");
        var status = await RunAsync(coordinator, "status", "small");

        Assert.Contains("small", list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("1970", list.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^submitted_utc +-$", status.Output);
    }

    [Fact]
    public async Task ADeletedSweepIsConfirmed()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var run = await RunAsync(coordinator, "delete", "small", "--yes");

        Assert.Equal((0, "small is deleted\n"), (run.ExitCode, run.Output));
        Assert.Equal(new Delete("small"), Assert.Single(coordinator.Requests));
    }

    [Fact]
    public async Task WithoutATerminalNothingIsDeletedUnlessTheCommandSaysSo()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => FakeCoordinator.Status("small", recorded: 4);

        AssertFailure(
            await RunAsync(coordinator, "delete", "small"),
            2,
            "sparseprop: this removes small with the results of 4 points for good, and there is no terminal to ask at: say --yes to remove it");
        Assert.IsType<GetSweep>(Assert.Single(coordinator.Requests));
    }

    [Theory]
    [InlineData(DeclineReason.Unknown)]
    [InlineData(DeclineReason.Conflict)]
    [InlineData(DeclineReason.Failed)]
    internal async Task WhatTheCoordinatorDeclinesIsSaidInItsWords(DeclineReason reason)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new Declined(reason, "small is in the way");

        AssertFailure(await RunAsync(coordinator, "pause", "small"), 1, "sparseprop: small is in the way");
    }

    [Fact]
    public async Task SweepsAreListed()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new SweepList([FakeCoordinator.Status("a"), FakeCoordinator.Status("b", problem: "disk [full]")]);

        var text = await RunAsync(coordinator, "list");
        var json = await RunAsync(coordinator, "list", "--json");

        Assert.Matches(@"(?m)^ *a +running +40 % +4 +10 ", text.Output);
        Assert.Matches(@"(?m)^ *b +stuck: disk \[full\] ", text.Output);
        Assert.Equal(["a", "b"], JsonNode.Parse(json.Output)!["sweeps"]!.AsArray().Select(sweep => (string)sweep!["name"]!));
    }

    [Fact]
    public async Task WorkersAndLeasesAreShown()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new ClusterStatus(
            3,
            "0.1.0+abc",
            [new("w1", "node7", 8, 17_179_869_184, 5, true), new("w2", "node7", 8, 17_179_869_184, 0, false) { Drained = true }],
            [new("3-1", "small", "w1", "work", 5, 1.5)]);

        var text = await RunAsync(coordinator, "cluster");
        var json = await RunAsync(coordinator, "cluster", "--json");

        Assert.Contains("epoch 3, build 0.1.0+abc, 2 workers, 16 slots, 1 lease", text.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ *w1 +node7 +8 +16\.0 +5 +leaving", text.Output);
        Assert.Matches(@"(?m)^ *w2 +node7 +8 +16\.0 +0 +drained", text.Output);
        Assert.Matches(@"(?m)^ *3-1 +small +w1 +work +5 +1\.5", text.Output);
        Assert.Equal("node7", (string)JsonNode.Parse(json.Output)!["workers"]![0]!["host"]!);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 5)]
    public async Task WatchingASweepEndsWithItAndTellsEachChangeOnce(long failed, int exitCode)
    {
        using var store = new SmallStore();
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = store.Folder;
        coordinator.Answer = _ => coordinator.Requests.Count < 3 ? FakeCoordinator.Status("small") : Finished(failed);

        var run = await RunAsync(coordinator, "watch", "small");

        Assert.Equal(exitCode, run.ExitCode);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("small: running, 4/10 points", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("small: finished, 10 of 10 points recorded", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchingAllGoesOnUntilInterrupted()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => new SweepList([FakeCoordinator.Status("small", SweepState.Finished, recorded: 10)]);
        using var process = Sparseprop.Start("watch", "--coordinator", coordinator.HostAndPort);
        Assert.StartsWith(
            "small: finished", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await Signals.SendAsync(process, "INT");

        AssertFailure(await Sparseprop.FinishAsync(process), 130);
    }
}
