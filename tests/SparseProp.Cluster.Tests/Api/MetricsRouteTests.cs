using System.Net.Http.Headers;
using Akka.Actor;
using SparseProp.Cluster.Protocol;
using SparseProp.Service.Api;

namespace SparseProp.Cluster.Tests.Api;

public sealed class MetricsRouteTests : ApiTestBase
{
    private static readonly (string, string) Small = ("sweep", "small");
    private static readonly string[] States = ["waiting", "leased", "recorded", "failed", "divergent"];

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task ASweepIsMeasuredFromItsStateWorkersAndResults()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", SmallStore.Text);
        var worker = coordinator.Join();
        var first = worker.Take();
        worker.Report(worker.Ran(first));
        worker.Report(worker.Ran(first, digest: 7));
        worker.Report(worker.Broke(worker.Take()));
        worker.Take();

        var samples = await UntilAsync(
            coordinator, samples => States.All(state => samples.Of("sparseprop_points", Small, ("state", state)) == 1));

        Assert.Equal(1, samples.Of("sparseprop_queue_depth", Small));
        Assert.Equal(0, samples.Of("sparseprop_sweep_stuck", Small));
        Assert.Equal(2, samples.Of("sparseprop_points_recorded_total", Small));
        Assert.Equal(1, samples.Of("sparseprop_points_failed_total"));
        Assert.Equal(1, samples.Of("sparseprop_points_divergent_total"));
        Assert.Equal(0, samples.Of("sparseprop_lease_expiries_total"));
        Assert.Equal(1, samples.Of("sparseprop_leases"));
        Assert.Equal(1, samples.Of("sparseprop_coordinator_active"));
        Assert.Equal(1, samples.Of("sparseprop_coordinator_epoch"));
        Assert.Equal((1, 0), (samples.Of("sparseprop_workers", ("state", "working")), samples.Of("sparseprop_workers", ("state", "idle"))));
        Assert.Equal(1, samples.Of("sparseprop_worker_slots", ("worker", "w1")));
        Assert.InRange(samples.Of("sparseprop_store_sync_seconds_count"), 1, 3);
        Assert.True(samples.Of("dotnet_process_memory_working_set_bytes") > 0);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task TheCostOfAResultCountsOnceForTheWorkerThatHadIt()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", SmallStore.Text);
        var worker = coordinator.Join();
        var report = worker.Ran(worker.Take());
        worker.Report(report);
        worker.Report(report);

        var samples = await UntilAsync(coordinator, Recorded(1));

        Assert.True(report.Record.Cost!.CpuSeconds > 0 && report.Record.Result!.SynapticEvents > 0);
        Assert.Equal(report.Record.Cost.CpuSeconds, samples.Of("sparseprop_engine_cpu_seconds_total", ("worker", "w1")), 9);
        Assert.Equal(report.Record.Result.SynapticEvents, samples.Of("sparseprop_synaptic_events_total", ("worker", "w1")));
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task ASweepThatIsOverIsShownAsItWasAtTheEnd()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", SmallStore.Text);
        coordinator.Join().Run(4);

        var samples = await UntilAsync(coordinator, samples => samples.Of("sparseprop_points", Small, ("state", "recorded")) == 4);

        Assert.Equal((0, 0), (samples.Of("sparseprop_points", Small, ("state", "leased")), samples.Of("sparseprop_queue_depth", Small)));
        Assert.Equal(4, samples.Of("sparseprop_points_recorded_total", Small));
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task NothingWaitsForAWorkerWhileASweepIsPaused()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", SmallStore.Text);
        await UntilAsync(coordinator, samples => samples.Of("sparseprop_queue_depth", Small) == 4);
        await PostAsync(coordinator, "/api/v1/sweeps/small/pause");

        var samples = await UntilAsync(coordinator, samples => samples.Of("sparseprop_queue_depth", Small) == 0);

        Assert.Equal(4, samples.Of("sparseprop_points", Small, ("state", "waiting")));
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task ALeaseThatRunsOutIsCounted()
    {
        await using var coordinator = await LiveCoordinator.StartAsync(leaseTime: TimeSpan.FromMilliseconds(50));
        await PostAsync(coordinator, "/api/v1/sweeps", SmallStore.Text);
        coordinator.Join().Take();

        await UntilAsync(coordinator, samples => samples.Of("sparseprop_lease_expiries_total") == 1);
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task AWorkerThatGoesWithoutAWordIsCounted()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", SmallStore.Text);
        var (polite, dead) = (coordinator.Join("polite"), coordinator.Join("dead"));
        polite.Say(new WorkProtocol.WorkerLeaving(polite.Name));
        polite.Actor.Tell(PoisonPill.Instance);
        await UntilAsync(coordinator, samples => samples.Of("sparseprop_workers", ("state", "idle")) == 1
            && samples.Of("sparseprop_workers", ("state", "leaving")) == 0);
        dead.Actor.Tell(PoisonPill.Instance);

        var samples = await UntilAsync(coordinator, samples => samples.Of("sparseprop_workers", ("state", "idle")) == 0);

        Assert.Equal(1, samples.Of("sparseprop_workers_lost_total"));
    }

    [Fact(Timeout = Hang.Milliseconds)]
    public async Task OnceTheCoordinatorIsElsewhereOnlyCountsRemain()
    {
        await using var coordinator = await LiveCoordinator.StartAsync();
        await PostAsync(coordinator, "/api/v1/sweeps", SmallStore.Text);
        coordinator.Join().Run(1);
        await coordinator.StopActorAsync();

        var samples = await UntilAsync(coordinator, samples => samples.Of("sparseprop_coordinator_active") == 0);

        Assert.Equal(1, samples.Of("sparseprop_points_recorded_total", Small));
        Assert.DoesNotContain(samples, sample => sample.Metric is "sparseprop_points" or "sparseprop_queue_depth" or "sparseprop_worker_slots");
        Assert.Equal(0, samples.Of("sparseprop_coordinator_epoch"));
    }

    [Fact]
    public async Task WithoutCoordinatorTheMetricsAreThereForThoseWhoKnowTheToken()
    {
        await using var coordinator = await FakeCoordinator.StartAsync("secret");

        var refused = await GetAsync(coordinator, MetricsRoute.Path);
        var reply = await SendAsync(coordinator, HttpMethod.Get, MetricsRoute.Path, also: Show("secret"));

        AssertProblem(refused, 401);
        Assert.Equal((200, "text/plain"), (reply.Status, reply.MediaType));
        Assert.Equal(0, PrometheusText.Read(reply.Text).Of("sparseprop_coordinator_active"));
        Assert.Equal(0, PrometheusText.Read(reply.Text).Of("sparseprop_members", ("status", "up")));
    }

    [Fact]
    public async Task MetricsOfAnotherCoordinatorInTheProcessAreNotShown()
    {
        await using var other = await LiveCoordinator.StartAsync();
        await PostAsync(other, "/api/v1/sweeps", SmallStore.Text);
        await UntilAsync(other, samples => samples.Any(sample => sample.Metric == "sparseprop_points"));
        await using var coordinator = await FakeCoordinator.StartAsync();

        var samples = PrometheusText.Read((await GetAsync(coordinator, MetricsRoute.Path)).Text);

        Assert.DoesNotContain(samples, sample => sample.Metric == "sparseprop_points");
    }

    private static Func<IReadOnlyList<PrometheusSample>, bool> Recorded(int points) =>
        samples => samples.Of("sparseprop_points_recorded_total", Small) == points;

    private static Action<HttpRequestMessage> Show(string token) =>
        request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    /// <summary>Reads the metrics, which follow the coordinator at its ticks, until they are so.</summary>
    private static async Task<IReadOnlyList<PrometheusSample>> UntilAsync(
        LiveCoordinator coordinator, Func<IReadOnlyList<PrometheusSample>, bool> isSo)
    {
        while (true)
        {
            var samples = PrometheusText.Read((await GetAsync(coordinator, MetricsRoute.Path)).Text);
            if (samples.Any(sample => sample.Labels.Contains(new("sweep", "small"))) && isSo(samples))
            {
                return samples;
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
