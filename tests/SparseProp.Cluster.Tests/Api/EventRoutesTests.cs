using System.Diagnostics;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;
using SparseProp.Results.Root;
using SparseProp.Service.Api;
using SparseProp.Service.Api.Events;
using SparseProp.Service.Api.Limits;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Tests.Api;

public sealed class EventRoutesTests : ApiTestBase
{
    // Milliseconds until a stream that says nothing is given up.

    private const string TwoPoints = """
        name: two
        model: lif
        grid: { seed_ic: 1..2 }
        fixed: { n: 100, k: 10 }
        stop: { spikes: 100 }
        """;

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task ASweepsStreamTellsItsWayAndEndsWithIt()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", TwoPoints);
        await using var events = await EventReader.OpenAsync(coordinator.Address, "/api/v1/sweeps/two/events");
        var first = await events.NextAsync("sweep");
        Assert.Equal((0, "running"), ((int)first["recorded"]!, (string)first["state"]!));
        var worker = coordinator.Join();

        worker.Run(1);
        await events.UntilAsync("sweep", sweep => (int)sweep["recorded"]! == 1);
        var broken = worker.Take();
        worker.Report(worker.Broke(broken));
        var notice = await events.UntilAsync("notice", _ => true);
        var last = await events.UntilAsync("sweep", sweep => (string)sweep["state"]! == "finished");

        Assert.Equal(("two", "point_failed"), ((string)notice["sweep"]!, (string)notice["kind"]!));
        Assert.Equal(broken.Points[0].Index, (long)notice["point"]!);
        Assert.Contains("it broke", (string)notice["message"]!, StringComparison.Ordinal);
        Assert.Equal((2, 1), ((int)last["recorded"]!, (int)last["failed"]!));
        Assert.Null(await events.NextAsync());
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task ASweepThatIsOverIsShownOnceAndTheStreamEnds()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = AnswerOf(() => [FakeCoordinator.Status("short", SweepState.Cancelled)]);
        await using var events = await EventReader.OpenAsync(coordinator.Address, "/api/v1/sweeps/short/events");

        Assert.Equal("cancelled", (string)(await events.NextAsync("sweep"))["state"]!);
        Assert.Null(await events.NextAsync());
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task AllEventsBeginWithTheStateOfAll()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", TwoPoints);
        coordinator.Join("w7");
        await using var events = await EventReader.OpenAsync(coordinator.Address, "/api/v1/events");

        var state = await events.NextAsync("state");

        Assert.Equal("two", (string)Assert.Single(state["sweeps"]!.AsArray())!["name"]!);
        Assert.Equal("w7", (string)Assert.Single(state["cluster"]!["workers"]!.AsArray())!["name"]!);
        Assert.Empty(state["cluster"]!["members"]!.AsArray());
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task SweepsThatComeAndGoAndWorkersThatJoinAreEvents()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await using var events = await EventReader.OpenAsync(coordinator.Address, "/api/v1/events");
        await events.NextAsync("state");

        coordinator.Join("w7");
        var cluster = await events.NextAsync("cluster");
        await PostAsync(coordinator, "/api/v1/sweeps", TwoPoints);
        await events.UntilAsync("sweep", sweep => (string)sweep["name"]! == "two");
        await PostAsync(coordinator, "/api/v1/sweeps/two/cancel");
        await SendAsync(coordinator.Address, HttpMethod.Delete, "/api/v1/sweeps/two");
        var deleted = await events.UntilAsync("deleted", _ => true);

        Assert.Equal("w7", (string)Assert.Single(cluster["workers"]!.AsArray())!["name"]!);
        Assert.Equal("two", (string)deleted["name"]!);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task WithoutAChangeThereIsNothingButHeartbeats()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(also: Quick);
        using var client = new HttpClient { BaseAddress = coordinator.Address };
        using var stream = new StreamReader(await client.GetStreamAsync("/api/v1/events", TestContext.Current.CancellationToken));
        List<string> lines = [];
        while (lines.Count(line => line == ": heartbeat") < 3)
        {
            lines.Add((await stream.ReadLineAsync(TestContext.Current.CancellationToken))!);
        }

        Assert.Equal(["event: state"], lines.Where(line => line.StartsWith("event:", StringComparison.Ordinal)));
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task TheCoordinatorIsAskedOnceForAllWhoListenAndNoMoreWhenTheyHaveGone()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(
            also: options => options with { Limits = new ApiLimits { EventInterval = TimeSpan.FromMilliseconds(50) } });
        List<EventReader> readers = [];
        for (var i = 0; i < 20; i++)
        {
            readers.Add(await EventReader.OpenAsync(coordinator.Address, "/api/v1/events"));
        }

        var recorded = 4;
        coordinator.Answer = AnswerOf(() => [FakeCoordinator.Status("short", recorded: Interlocked.Increment(ref recorded))]);
        var before = coordinator.Requests.OfType<ListSweeps>().Count();
        var watch = Stopwatch.StartNew();
        foreach (var reader in readers)
        {
            await reader.UntilAsync("sweep", sweep => (int)sweep["recorded"]! >= 10);
        }

        // A timer never ticks more often than it should; were each listener to ask by itself, there would be twenty times as many.
        var looks = coordinator.Requests.OfType<ListSweeps>().Count() - before;
        Assert.InRange(looks, 1, (2 * watch.Elapsed.TotalMilliseconds / 50) + 2);
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }

        await UntilQuietAsync(coordinator);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task AStreamEndsWhenTheCoordinatorIsNoMoreAndTheNextBeginsWithTheStateOfItsSuccessor()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", TwoPoints);
        var before = await EventReader.OpenAsync(coordinator.Address, "/api/v1/events");
        var epoch = (long)(await before.NextAsync("state"))["cluster"]!["epoch"]!;

        await coordinator.StopActorAsync();
        while (await before.NextAsync() is not null)
        {
            // Whatever was still to be told.
        }

        await before.DisposeAsync();
        AssertProblem(await GetAsync(coordinator, "/api/v1/events"), 503);
        coordinator.StartActor();
        await using var after = await EventReader.OpenAsync(coordinator.Address, "/api/v1/events");
        var state = await after.NextAsync("state");

        Assert.Equal(epoch + 1, (long)state["cluster"]!["epoch"]!);
        Assert.Equal("running", (string)Assert.Single(state["sweeps"]!.AsArray())!["state"]!);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task StreamsEndWithTheProcess()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await using var events = await EventReader.OpenAsync(coordinator.Address, "/api/v1/events");
        await events.NextAsync("state");

        await coordinator.StopApiAsync();

        Assert.Null(await events.NextAsync());
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task ThereIsNoStreamOfAnUnknownSweep()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();

        AssertProblem(await GetAsync(coordinator, "/api/v1/sweeps/other/events"), 404);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task ThereAreOnlySoManyStreams()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(
            also: options => options with { Limits = new ApiLimits { MostStreams = 2, EventInterval = TimeSpan.FromMilliseconds(10) } });
        var first = await EventReader.OpenAsync(coordinator.Address, "/api/v1/events");
        await using var second = await EventReader.OpenAsync(coordinator.Address, "/api/v1/sweeps/short/events");

        var third = await GetAsync(coordinator, "/api/v1/logs?follow=true");
        await first.DisposeAsync();

        AssertProblem(third, 429);
        Assert.NotNull(third.Headers.RetryAfter);
        while ((await TryOpenAsync(coordinator, "/api/v1/events")) != 200)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void NoticesForASlowReaderAreBoundedAndThoseLeftOutAreCounted()
    {
        var listener = new EventListener("a");
        for (var i = 0; i < 1000; i++)
        {
            listener.Tell(NoticeDocument.Of("a", new SweepNotice.PointFailed(i, 3, "no"), DateTimeOffset.UnixEpoch));
            listener.Tell(NoticeDocument.Of("b", new SweepNotice.PointFailed(i, 3, "no"), DateTimeOffset.UnixEpoch));
        }

        var notices = listener.TakeNotices();

        Assert.Equal(1000, notices.Count + notices[0].Missed);
        Assert.Equal((999, "a"), (notices[^1].Point, notices[^1].Sweep));
        Assert.InRange(notices.Count, 1, 256);
        listener.Tell(NoticeDocument.Of("a", new SweepNotice.WorkerGone("w", 1), DateTimeOffset.UnixEpoch));
        Assert.Equal(0, Assert.Single(listener.TakeNotices()).Missed);
    }

    private static CoordinatorApiOptions Quick(CoordinatorApiOptions options) => options with
    {
        Limits = new ApiLimits { EventInterval = TimeSpan.FromMilliseconds(10), Heartbeat = TimeSpan.FromMilliseconds(30) },
    };

    private static Func<IRequest, object?> AnswerOf(Func<SweepStatus[]> sweeps) => request => request switch
    {
        ListSweeps => new SweepList(sweeps()),
        GetCluster => new ClusterStatus(1, "build", [], []),
        _ => null,
    };

    private static async Task<int> TryOpenAsync(FakeCoordinator coordinator, string path)
    {
        using var client = new HttpClient { BaseAddress = coordinator.Address };
        using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private static async Task UntilQuietAsync(FakeCoordinator coordinator)
    {
        int before;
        do
        {
            before = coordinator.Requests.Count;
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
        while (coordinator.Requests.Count > before);
    }
}
