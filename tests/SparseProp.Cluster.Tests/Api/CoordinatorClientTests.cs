using System.Net;
using System.Net.Sockets;
using System.Text;
using SparseProp.Client;
using SparseProp.Client.Documents;
using SparseProp.Cluster.Coordination;
using SparseProp.Results.Root;
using SparseProp.Results.Texts;
using SparseProp.Service.Api.Limits;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Tests.Api;

public sealed class CoordinatorClientTests : ApiTestBase
{
    private static readonly byte[] File = Encoding.UTF8.GetBytes(Sweep);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRequestReachesTheCoordinator()
    {
        await using var coordinator = await FakeCoordinator.StartAsync("secret");
        using var client = new CoordinatorClient([At(coordinator)], "secret");

        var submission = await client.SubmitAsync(File, "a b&c.yaml", -3, retryFailed: true, files: null, Cancellation);
        await client.GetSweepAsync("short", Cancellation);
        await client.PauseAsync("short", Cancellation);
        await client.ResumeAsync("short", Cancellation);
        await client.CancelAsync("short", Cancellation);
        await client.RetryFailedAsync("short", Cancellation);
        await client.SetPriorityAsync("short", 5, Cancellation);
        await client.DeleteAsync("short", Cancellation);
        var list = await client.ListSweepsAsync(Cancellation);
        var cluster = await client.GetClusterAsync(Cancellation);

        var submit = Assert.IsType<Submit>(coordinator.Requests[0]);
        Assert.Equal((Sweep, "a b&c.yaml", -3, true), (submit.Spec.Text, submit.Spec.FileName, submit.Priority, submit.RetryFailed));
        Assert.Equal(
            [
                new GetSweep("short"), new Pause("short"), new Resume("short"), new Cancel("short"), new RetryFailed("short"),
                new SetPriority("short", 5), new Delete("short"), new ListSweeps(), new GetCluster(),
            ],
            coordinator.Requests.Skip(1));
        Assert.Equal(("started", "short"), (submission.Outcome, submission.Sweep.Name));
        Assert.Equal((4, "running"), (list.Sweeps[0].Recorded, list.Sweeps[0].State));
        Assert.Equal((1, "build"), (cluster.Epoch, cluster.Build));
    }

    [Fact]
    public async Task TheTableComesBackAsItIsPrinted()
    {
        using var store = new SmallStore();
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Stores["small"] = store.Folder;
        using var client = new CoordinatorClient([At(coordinator)]);

        var table = (await client.GetTableAsync("small", ["n"], Cancellation)).ToTable();

        Assert.Equal(["n"], table.Columns);
        Assert.Equal([("100", 2, 0), ("200", 1, 1)], table.Rows.Select(row => (row.Group[0], row.Values[0].Count, row.Failed)));
    }

    [Fact]
    public async Task ARefusalCarriesTheProblem()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        using var client = new CoordinatorClient([At(coordinator)]);

        var refusal = await Assert.ThrowsAsync<CoordinatorException>(
            () => client.SubmitAsync(Encoding.UTF8.GetBytes("name: x"), "x.yaml", null, false, null, Cancellation));

        Assert.Equal(400, refusal.Problem.Status);
        Assert.NotEmpty(refusal.Problem.Errors!);
    }

    [Fact]
    public async Task OfSeveralCoordinatorsTheReadyOneIsUsedAndRemembered()
    {
        await using var standby = await FakeCoordinator.StartAsync();
        await using var active = await FakeCoordinator.StartAsync();
        standby.Answer = _ => new Declined(DeclineReason.NotReady, "standing by");
        using var client = new CoordinatorClient([UnusedAddress(), At(standby), At(active)]);

        await client.GetSweepAsync("short", Cancellation);
        await client.GetSweepAsync("short", Cancellation);

        Assert.Single(standby.Requests);
        Assert.Equal(2, active.Requests.Count);
    }

    [Fact]
    public async Task AnAddressThatSwallowsConnectionsIsPassedOver()
    {
        using var abyss = new Abyss();
        await using var active = await FakeCoordinator.StartAsync();
        using var client = new CoordinatorClient([abyss.Address, At(active)]);

        Assert.Equal("short", (await client.GetSweepAsync("short", Cancellation)).Name);
    }

    [Fact]
    public async Task AConsoleThatSwallowsConnectionsIsUnreachable()
    {
        using var abyss = new Abyss();
        using var console = new ConsoleLine(abyss.Address, token: null);

        var unreachable = await Assert.ThrowsAsync<CoordinatorUnreachableException>(() => console.ListAsync(Cancellation));

        Assert.Contains($"{abyss.Address}: no connection within 5 s", unreachable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenNobodyIsThereEveryAddressIsNamed()
    {
        var (first, second) = (UnusedAddress(), UnusedAddress());
        using var client = new CoordinatorClient([first, second]) { Patience = new Patience(TimeSpan.Zero, TimeSpan.Zero) };

        var unreachable = await Assert.ThrowsAsync<CoordinatorUnreachableException>(() => client.ListSweepsAsync(Cancellation));

        Assert.Contains($"{first}: Connection refused", unreachable.Message, StringComparison.Ordinal);
        Assert.Contains($"{second}: Connection refused", unreachable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SomebodyElseOnThePortIsNoCoordinator()
    {
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var serving = ServeAsync(
            stranger, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>");
        using var client = new CoordinatorClient([new HostPort("127.0.0.1", ((IPEndPoint)stranger.LocalEndpoint).Port)])
        {
            Patience = Patience.Endless,
        };

        var unreachable = await Assert.ThrowsAsync<CoordinatorUnreachableException>(() => client.ListSweepsAsync(Cancellation));

        Assert.Contains("no coordinator", unreachable.Message, StringComparison.Ordinal);
        await serving;
    }

    [Fact]
    public async Task ARequestIsRepeatedUntilTheCoordinatorIsReady()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => coordinator.Requests.Count < 3
            ? new Declined(DeclineReason.NotReady, "still starting")
            : FakeCoordinator.Status("short");
        List<string> troubles = [];
        using var client = new CoordinatorClient([At(coordinator)], onTrouble: troubles.Add) { Patience = Patience.Endless };

        await client.GetSweepAsync("short", Cancellation);

        Assert.Equal(3, coordinator.Requests.Count);
        Assert.Contains("still starting", Assert.Single(troubles), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneThatIsAskedTooOftenIsAskedAgainLater()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(
            also: options => options with { Limits = new ApiLimits { MostAtOnce = 1, MostPerSecond = 2 } });
        using var client = new CoordinatorClient([At(coordinator)]);

        await client.ListSweepsAsync(Cancellation);
        await client.ListSweepsAsync(Cancellation);
        await client.ListSweepsAsync(Cancellation);

        Assert.Equal(3, coordinator.Requests.Count);
    }

    [Fact]
    public async Task WaitingShowsEveryStatusAndEndsWithTheSweep()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => coordinator.Requests.Count < 3
            ? FakeCoordinator.Status("short", recorded: coordinator.Requests.Count)
            : FakeCoordinator.Status("short", SweepState.Finished, recorded: 10);
        using var client = new CoordinatorClient([At(coordinator)]);
        List<long> recorded = [];

        var last = await client.WaitAsync("short", status => recorded.Add(status.Recorded), Timeout.InfiniteTimeSpan, Cancellation);

        Assert.Equal(SweepStates.Finished, last.State);
        Assert.Equal([1, 2, 10], recorded);
    }

    [Theory]
    [InlineData(SweepState.Cancelled, null)]
    [InlineData(SweepState.Paused, "disk full")]
    public async Task WaitingEndsWhereNothingMoreWillHappen(SweepState state, string? problem)
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        coordinator.Answer = _ => FakeCoordinator.Status("short", state, problem: problem);
        using var client = new CoordinatorClient([At(coordinator)]);

        var last = await client.WaitAsync("short", _ => { }, Timeout.InfiniteTimeSpan, Cancellation);

        Assert.Equal(problem, last.Problem);
    }

    [Fact]
    public async Task WaitingEndsInTime()
    {
        await using var coordinator = await FakeCoordinator.StartAsync();
        using var client = new CoordinatorClient([At(coordinator)]);

        await Assert.ThrowsAsync<TimeoutException>(() => client.WaitAsync("short", _ => { }, TimeSpan.FromSeconds(0.3), Cancellation));
    }

    [Fact]
    public async Task WaitingSurvivesARestartOfTheCoordinator()
    {
        var first = await FakeCoordinator.StartAsync();
        var port = first.Address.Port;
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var missed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new CoordinatorClient([At(first)], onTrouble: _ => missed.TrySetResult());

        var waiting = client.WaitAsync("short", _ => seen.TrySetResult(), Timeout.InfiniteTimeSpan, Cancellation);
        await seen.Task.WaitAsync(Cancellation);
        await first.DisposeAsync();
        await missed.Task.WaitAsync(Cancellation);
        await using var second = await FakeCoordinator.StartAsync(port: port);
        second.Answer = _ => FakeCoordinator.Status("short", SweepState.Finished, recorded: 10);

        Assert.Equal(10, (await waiting).Recorded);
    }

    [Theory]
    [InlineData("node7", "node7:9110")]
    [InlineData("node7:1", "node7:1")]
    [InlineData("10.0.0.1:65535", "10.0.0.1:65535")]
    [InlineData("[::1]:80", "[::1]:80")]
    [InlineData("[::1]", "[::1]:9110")]
    public void AnAddressIsReadWithOrWithoutItsPort(string text, string expected)
    {
        Assert.True(HostPort.TryParse(text, out var endpoint));
        Assert.Equal(expected, endpoint.ToString());
        Assert.Equal(endpoint.Port, endpoint.ToUri().Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":9110")]
    [InlineData("node7:")]
    [InlineData("node7:65536")]
    [InlineData("node7:-1")]
    [InlineData("http://node7:9110")]
    [InlineData("a b:1")]
    [InlineData("[::1]9110")]
    [InlineData("::1")]
    public void WhatIsNoAddressIsRefused(string text) => Assert.False(HostPort.TryParse(text, out _));

    private static HostPort At(FakeCoordinator coordinator) => new(coordinator.Address.Host, coordinator.Address.Port);

    // Bound and let go: nobody listens there, and the system hands it out again last.
    private static HostPort UnusedAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new HostPort("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
    }

    private static async Task ServeAsync(TcpListener listener, string answer)
    {
        using var connection = await listener.AcceptTcpClientAsync(Cancellation);
        var stream = connection.GetStream();
        await stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, Cancellation);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Cancellation);
    }

    /// <summary>Where connections are neither made nor refused, as at a machine that is gone: the queue of those to accept is full.</summary>
    private sealed class Abyss : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<Socket> _queued = [];

        public Abyss()
        {
            _listener.Start(1);
            while (_queued.Count < 8)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                _queued.Add(socket);
                try
                {
                    socket.Connect(_listener.LocalEndpoint);
                }
                catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
                {
                    // Is made or waits; either way the queue is one longer.
                }
            }
        }

        public HostPort Address => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

        public void Dispose()
        {
            _queued.ForEach(socket => socket.Dispose());
            _listener.Dispose();
        }
    }
}
