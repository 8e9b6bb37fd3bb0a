using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.TestKit.Xunit;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Metrics;
using SparseProp.Cluster.Tests.Coordination;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;
using SparseProp.Service.Api;
using SparseProp.Service.Api.Limits;
using SparseProp.Service.Hosting;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>A real coordinator over real stores, behind the real API on a free port of loopback. Leases hold one point.</summary>
internal sealed class LiveCoordinator : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sparseprop-").FullName;
    private readonly CoordinatorPost _post = new(
        fault => throw fault, new CoordinatorMetrics(
            new Meter(CoordinatorMetrics.MeterName),
            TimeProvider.System,
            () => [("own", DateTimeOffset.UnixEpoch), ("authority", DateTimeOffset.UnixEpoch), ("peers", DateTimeOffset.UnixEpoch)]));
    private readonly StoredSweeps _sweeps;
    private readonly TestKit _kit;
    private readonly SchedulerOptions _scheduling;
    private CoordinatorApi? _api;

    private LiveCoordinator(TimeSpan? leaseTime)
    {
        var standard = new SchedulerOptions { MostPointsPerLease = 1 };
        _scheduling = standard with { LeaseTime = leaseTime ?? standard.LeaseTime };
        _sweeps = new StoredSweeps(
            _folder,
            RunProvenance.Capture("", typeof(LiveCoordinator).Assembly, new Dictionary<string, string>()),
            TimeProvider.System);
        _kit = new TestKit("akka { stdout-loglevel = OFF, loglevel = OFF }\n" + FileThreads.Settings, "live");
    }

    public Uri Address => _api!.Address;

    /// <summary>The folder of the stores.</summary>
    public string Folder => _folder;

    /// <summary>The coordinator.</summary>
    public IActorRef Actor { get; private set; } = ActorRefs.Nobody;

    public static async Task<LiveCoordinator> StartAsync(
        Func<CoordinatorApiOptions, CoordinatorApiOptions>? also = null, TimeSpan? leaseTime = null)
    {
        var live = new LiveCoordinator(leaseTime);
        var options = new CoordinatorApiOptions
        {
            Endpoint = new HostPort("127.0.0.1", 0),
            Coordinator = () => live._post.Coordinator,
            StoreOf = live._sweeps.FolderOf,
            Uploads = new FileArchive(Path.Combine(live.Folder, UploadedFiles.FolderName)),
            Notices = live._post.Notices,
            Metrics = live._post.Metrics,
            Logging = _ => { },
            Limits = new ApiLimits { EventInterval = TimeSpan.FromMilliseconds(10) },
        };
        live._api = await CoordinatorApi.StartAsync(also?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
        live.StartActor();
        return live;
    }

    /// <summary>A worker that does what the test says.</summary>
    public SpokenWorker Join(string name = "w1")
    {
        var worker = new SpokenWorker(_kit.CreateTestProbe(), name);
        worker.Join(Actor);
        return worker;
    }

    /// <summary>Ends the API, as a process does that ends.</summary>
    public async Task StopApiAsync() => await _api!.DisposeAsync();

    public async Task StopActorAsync()
    {
        await Actor.GracefulStop(Hang.After);
        Assert.Null(_post.Coordinator);
    }

    public void StartActor()
    {
        Actor = _kit.Sys.ActorOf(
            CoordinatorActor.PropsFor(_sweeps, _scheduling, _post, TimeProvider.System));
        _kit.AwaitCondition(
            () => Actor.Ask<object>(new CoordinatorProtocol.GetCluster()).Result is ClusterStatus,
            Hang.After,
            TimeSpan.FromMilliseconds(2),
            cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _api!.DisposeAsync();
        await _kit.Sys.Terminate();
        _kit.Dispose();
        _post.Metrics.Dispose();
        _sweeps.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
