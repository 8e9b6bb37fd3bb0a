using System.Text.Json.Nodes;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;
using SparseProp.Results.Root;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cli.Tests.Commands;

public sealed class SubmitCommandTests : CommandTestBase
{
    [Fact]
    public async Task ASubmissionSaysWhatItLedToAndHowToFollowIt()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();

        var run = await RunAsync(coordinator, "submit", SweepFile, "--priority", "-2", "--retry-failed");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("small: started", run.Output, StringComparison.Ordinal);
        Assert.Contains("sparseprop watch small", run.Output, StringComparison.Ordinal);
        var submit = Assert.IsType<Submit>(Assert.Single(coordinator.Requests));
        Assert.Equal((SmallStore.Text, SweepFile, -2, true), (submit.Spec.Text, submit.Spec.FileName, submit.Priority, submit.RetryFailed));
    }

    [Fact]
    public async Task WaitingShowsProgressApartFromTheAnswer()
    {
        using var store = new SmallStore();
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = store.Folder;
        coordinator.Answer = EndsAs(coordinator, Finished(notices: "point 3 failed and runs again"));

        var run = await RunAsync(coordinator, "submit", SweepFile, "--wait");

        Assert.Equal(0, run.ExitCode);
        var lines = run.Output.Split('\n');
        Assert.Equal("small: finished, 10 of 10 points recorded", lines[0]);
        Assert.Contains(lines, line => line.Contains("rate (Hz)", StringComparison.Ordinal));
        Assert.Contains("warning: mind the gap", run.Errors, StringComparison.Ordinal);
        Assert.Contains("small: point 3 failed and runs again", run.Errors, StringComparison.Ordinal);
        Assert.Contains("small: 10/10 points", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsJsonTheAnswerIsOneObject()
    {
        using var store = new SmallStore();
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = store.Folder;
        coordinator.Answer = EndsAs(coordinator, Finished());

        var run = await RunAsync(coordinator, "submit", SweepFile, "--wait", "--json");

        var answer = JsonNode.Parse(run.Output)!;
        Assert.Equal("finished", (string)answer["sweep"]!["state"]!);
        Assert.Equal(2, answer["table"]!["rows"]!.AsArray().Count);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(2, 0, 5)]
    [InlineData(0, 1, 5)]
    public async Task TheExitCodeTellsOfFailedAndContradictoryPoints(long failed, long divergent, int exitCode)
    {
        using var store = new SmallStore();
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = store.Folder;
        coordinator.Answer = EndsAs(coordinator, Finished(failed, divergent));

        var run = await RunAsync(coordinator, "submit", SweepFile, "--wait");

        Assert.Equal(exitCode, run.ExitCode);
    }

    [Theory]
    [InlineData(SweepState.Cancelled, null, "small: cancelled")]
    [InlineData(SweepState.Paused, "no space left", "stuck: no space left")]
    public async Task ASweepThatDoesNotFinishHasFailed(SweepState state, string? problem, string words)
    {
        using var store = new SmallStore();
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = store.Folder;
        coordinator.Answer = EndsAs(coordinator, FakeCoordinator.Status("small", state, problem: problem));

        var run = await RunAsync(coordinator, "submit", SweepFile, "--wait");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(words, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASweepThatTakesTooLongGoesOn()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = EndsAs(coordinator, FakeCoordinator.Status("small"));

        var run = await RunAsync(coordinator, "submit", SweepFile, "--wait", "--timeout", "0.8s");

        AssertFailure(run, 4, "small goes on", "sparseprop watch small");
    }

    [Fact]
    public async Task AnInterruptionLeavesTheSweepRunning()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        using var process = Sparseprop.Start("submit", SweepFile, "--wait", "--coordinator", coordinator.HostAndPort);
        await AwaitLineAsync(process, "small: started");

        await Signals.SendAsync(process, "INT");

        AssertFailure(await Sparseprop.FinishAsync(process), 130, "small goes on", "sparseprop watch small");
    }

    [Fact]
    public async Task ARestartOfTheCoordinatorIsWaitedFor()
    {
        using var store = new SmallStore();
        var first = await FakeCoordinator.StartAsync();
        var port = first.Address.Port;
        using var process = Sparseprop.Start("submit", SweepFile, "--wait", "--coordinator", first.HostAndPort);
        await AwaitLineAsync(process, "small: started");
        await first.DisposeAsync();
        await AwaitLineAsync(process, "Connection refused");

        await using var second = await FakeCoordinator.StartAsync(port: port);
        second.Stores["small"] = store.Folder;
        second.Answer = _ => Finished();

        var run = await Sparseprop.FinishAsync(process);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("small: finished", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACoordinatorThatStartsIsWaitedFor()
    {
        using var store = new SmallStore();
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = store.Folder;
        var end = EndsAs(coordinator, Finished());
        coordinator.Answer = request => coordinator.Requests.Count < 3
            ? new Declined(DeclineReason.NotReady, "still starting")
            : end(request);

        var run = await RunAsync(coordinator, "submit", SweepFile, "--wait");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, coordinator.Requests.OfType<Submit>().Count());
    }

    [Fact]
    public async Task AnInvalidFileIsRefusedWithItsPlaces()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        var file = Folder.Write("broken.yaml", "name: broken\nmodel: lif\ngrd: { n: [100] }\nstop: { spikes: 1 }\n");

        var run = await RunAsync(coordinator, "submit", file);

        AssertFailure(run, 2, $"\n{file}:3:1: grd: ");
        Assert.StartsWith($"{file}:1:1: ", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.yaml", "nowhere.yaml")]
    [InlineData("long.yaml", "1048576 bytes")]
    public async Task AFileThatIsNoSweepFileIsNotSent(string name, string words)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        Folder.Write("long.yaml", new string('#', (1 << 20) + 1));

        var run = await RunAsync(coordinator, "submit", Folder.In(name));

        AssertFailure(run, 2, words);
        Assert.Empty(coordinator.Requests);
    }

    [Theory]
    [InlineData("--timeout", "5m")]
    [InlineData("--junit", "out.xml")]
    public async Task WhatIsAboutWaitingNeedsWaiting(string option, string value)
    {
        var run = await Sparseprop.RunAsync("submit", SweepFile, option, value);

        AssertFailure(run, 2, "--wait");
    }

    private static async Task AwaitLineAsync(System.Diagnostics.Process process, string words)
    {
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"the program ended without saying '{words}'");
    }
}
