using System.Collections.Concurrent;
using Akka.Actor;
using Microsoft.AspNetCore.Http;
using SparseProp.Cluster.Coordination;
using SparseProp.Execution;
using SparseProp.Results.Root;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;
using SparseProp.Service.Api;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>A coordinator that answers as the test says, behind the real API on a free port of loopback.</summary>
internal sealed class FakeCoordinator : IAsyncDisposable
{
    private readonly ActorSystem _system;
    private readonly IActorRef _actor;
    private readonly ConcurrentQueue<IRequest> _requests = new();
    private readonly string _uploads = Path.Combine(Path.GetTempPath(), $"sparseprop-{Guid.NewGuid():n}");
    private CoordinatorApi? _api;

    private FakeCoordinator()
    {
        Uploads = new FileArchive(_uploads);
        _system = ActorSystem.Create("fake", "akka { stdout-loglevel = OFF, loglevel = OFF }");
        _actor = _system.ActorOf(Props.Create(() => new Mouth(this)));
    }

    /// <summary>What it says to a request; null for nothing at all.</summary>
    public Func<IRequest, object?> Answer { get; set; } = request => request switch
    {
        ListSweeps => new SweepList([Status("short")]),
        GetCluster => new ClusterStatus(1, "build", [], []),
        Delete delete => new Deleted(delete.Sweep),
        Submit submit => new Submitted(Status(submit.Spec.Name), SubmitOutcome.Started, []),
        _ => Status("short"),
    };

    /// <summary>Whether this process has a coordinator.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Folders of stores by the name of their sweep.</summary>
    public Dictionary<string, string> Stores { get; } = [];

    /// <summary>Where uploaded files go.</summary>
    public FileArchive Uploads { get; }

    public IReadOnlyList<IRequest> Requests => [.. _requests];

    /// <summary>The routes of its API.</summary>
    public IReadOnlyList<Endpoint> Endpoints => _api!.Endpoints;

    public Uri Address => _api!.Address;

    /// <summary>Where it listens, as the command line takes it.</summary>
    public string HostAndPort => $"{Address.Host}:{Address.Port}";

    public static async Task<FakeCoordinator> StartAsync(
        string? token = null,
        TimeSpan? answerTimeout = null,
        int port = 0,
        Func<CoordinatorApiOptions, CoordinatorApiOptions>? also = null)
    {
        var fake = new FakeCoordinator();
        var options = new CoordinatorApiOptions
        {
            Endpoint = new HostPort("127.0.0.1", port),
            Token = token,
            Coordinator = () => fake.IsActive ? fake._actor : null,
            StoreOf = name => fake.Stores.GetValueOrDefault(name),
            Uploads = fake.Uploads,
            Logging = _ => { },
            AnswerTimeout = answerTimeout ?? TimeSpan.FromSeconds(10),
        };
        fake._api = await CoordinatorApi.StartAsync(also?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
        return fake;
    }

    /// <summary>A sweep of ten points.</summary>
    public static SweepStatus Status(
        string name,
        SweepState state = SweepState.Running,
        long recorded = 4,
        long failed = 0,
        long divergent = 0,
        string? problem = null,
        params string[] notices) => new(
            name,
            state,
            "0123456789abcdef",
            2,
            new SweepProgress(10, recorded, failed, 3, 2, 8, recorded / 10.0)
            {
                Divergent = divergent,
                IsComplete = state == SweepState.Finished,
            },
            new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
            notices,
            problem);

    public async ValueTask DisposeAsync()
    {
        await _api!.DisposeAsync();
        await _system.Terminate();
        if (Directory.Exists(_uploads))
        {
            Directory.Delete(_uploads, recursive: true);
        }
    }

    private sealed class Mouth : ReceiveActor
    {
        public Mouth(FakeCoordinator fake) => Receive<IRequest>(request =>
        {
            fake._requests.Enqueue(request);
            if (fake.Answer(request) is { } answer)
            {
                Sender.Tell(answer);
            }
        });
    }
}
