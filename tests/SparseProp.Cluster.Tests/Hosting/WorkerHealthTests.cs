using Akka.Actor;
using SparseProp.Cluster.Tests.Api;
using SparseProp.Cluster.Workers;
using SparseProp.Results.Manifests;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting;
using SparseProp.Service.Hosting.Options;

namespace SparseProp.Cluster.Tests.Hosting;

public sealed class WorkerHealthTests : ApiTestBase
{
    private readonly ActorSystem _system = ActorSystem.Create("health");

    [Theory(Timeout = Hang.Milliseconds)]
    [InlineData(true, false, null)]
    [InlineData(false, false, "welcomed")]
    [InlineData(true, true, "draining")]
    public async Task AWorkerIsReadyThatTakesWork(bool isWelcome, bool isDraining, string? reason)
    {
        var status = new WorkerStatus("w", isWelcome, isDraining, [], 0, 0);
        var worker = _system.ActorOf(Props.Create(() => new Worker(status)));

        var health = await WorkerHealth.FindAsync(worker, TestContext.Current.CancellationToken);

        Assert.Equal(reason is null, health.Ok);
        Assert.Equal(reason is null ? 0 : 1, health.Reasons.Count(said => reason is not null && said.Contains(reason, StringComparison.Ordinal)));
        await _system.Terminate();
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task AWorkersProcessTellsItsHealthAndNothingElse()
    {
        using var stop = new CancellationTokenSource();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new NodeOptions
        {
            Listen = new HostPort("127.0.0.1", 0),
            Http = new HostPort("127.0.0.1", 0),
            Join = [new HostPort("127.0.0.1", 1)],
            Slots = 1,
        };
        var provenance = RunProvenance.Capture("", typeof(WorkerHealthTests).Assembly, new Dictionary<string, string>());
        var node = NodeProcess.RunAsync(
            NodeRole.Worker,
            options,
            provenance,
            _ => { },
            said =>
            {
                if (said.StartsWith("http ", StringComparison.Ordinal))
                {
                    address.SetResult(new Uri(said["http ".Length..]));
                }
            },
            stop.Token);
        var http = await address.Task;

        Assert.Equal(200, (await SendAsync(http, HttpMethod.Get, "/health/live")).Status);
        var ready = await SendAsync(http, HttpMethod.Get, "/health/ready");
        Assert.Equal((503, false), (ready.Status, (bool)ready.Json["ok"]!));
        Assert.Single(ready.Json["reasons"]!.AsArray());
        Assert.Equal(404, (await SendAsync(http, HttpMethod.Get, "/api/v1/cluster")).Status);
        Assert.Equal(405, (await SendAsync(http, HttpMethod.Post, "/health/ready")).Status);

        await stop.CancelAsync();
        await node;
        await _system.Terminate();
    }

    private sealed class Worker : ReceiveActor
    {
        public Worker(WorkerStatus status) => Receive<GetWorkerStatus>(_ => Sender.Tell(status));
    }
}
