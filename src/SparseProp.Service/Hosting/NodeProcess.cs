using System.Diagnostics.Metrics;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Membership;
using SparseProp.Cluster.Metrics;
using SparseProp.Cluster.Remoting;
using SparseProp.Cluster.Workers;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using SparseProp.Results.Texts;
using SparseProp.Service.Api;
using SparseProp.Service.Api.Logs;
using SparseProp.Service.Hosting.Logging;
using SparseProp.Service.Hosting.Options;
using SparseProp.Service.Hosting.Security;
using ClusterExtension = Akka.Cluster.Cluster;

namespace SparseProp.Service.Hosting;

/// <summary>
/// A node of the cluster for as long as the process lives. Its actor system may end before: a node that was cut off too long can never
/// come back as the same member, so another system is built, and joins. Engines, reports and the HTTP API stay meanwhile.
/// </summary>
public sealed class NodeProcess : IAsyncDisposable
{
    private const string Category = "sparseprop.node";

    private static readonly TimeSpan RebuildPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(20);

    private readonly NodeOptions _options;
    private readonly Action<string> _announce;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _log;
    private readonly Action<ILoggingBuilder> _logging;
    private readonly NodeNetwork _network;
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StoredSweeps? _sweeps;
    private readonly CoordinatorPost? _post;
    private readonly WorkerBench? _bench;
    private readonly LogRing _recent = new();
    private readonly StoreProbe _storeProbe;
    private ServiceReports? _reports;
    private ClusterMembership? _membership;
    private IActorRef? _worker;
    private IActorRef? _joining;
    private int? _port;

    private NodeProcess(NodeRole role, NodeOptions options, RunProvenance provenance, Action<ILoggingBuilder> logging, Action<string> announce)
    {
        _options = options;
        _announce = announce;
        _logging = builder => LogTo(builder, logging);
        _logs = LoggerFactory.Create(_logging);
        _log = _logs.CreateLogger(Category);
        _network = new NodeNetwork(role, options);
        _storeProbe = new StoreProbe(options.Store, TimeProvider.System);
        if (role.HasFlag(NodeRole.Coordinator))
        {
            _sweeps = new StoredSweeps(options.Store, provenance, TimeProvider.System);
            _post = new CoordinatorPost(
                cause => _failed.TrySetResult(cause),
                new CoordinatorMetrics(
                    new Meter(CoordinatorMetrics.MeterName),
                    TimeProvider.System,
                    _network.Certificates is { } certificates ? () => certificates.Ends : null));
        }

        if (role.HasFlag(NodeRole.Worker))
        {
            var standard = new WorkerOptions();
            _bench = new WorkerBench(
                standard with { Slots = options.Slots, MemoryBytes = options.MemoryBytes ?? standard.MemoryBytes }, TimeProvider.System);
        }
    }

    /// <summary>Runs a node until it is told to stop, then lets it leave in good order.</summary>
    /// <param name="role">What it is there for.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="provenance">By what a coordinator's results are made.</param>
    /// <param name="logging">Where its log goes.</param>
    /// <param name="announce">Is told where it listens: <c>listening HOST:PORT</c> and <c>http URL</c>.</param>
    /// <param name="stop">Tells it to stop.</param>
    /// <exception cref="NodeOptionsException">The certificates or Akka settings cannot be used.</exception>
    /// <exception cref="StoreException">The stores cannot be used by anybody.</exception>
    /// <exception cref="IOException">Nobody can listen at an address; the message says why.</exception>
    public static async Task RunAsync(
        NodeRole role,
        NodeOptions options,
        RunProvenance provenance,
        Action<ILoggingBuilder> logging,
        Action<string> announce,
        CancellationToken stop)
    {
        await ListenCheck.ThrowIfTakenAsync(
            [("--listen", options.Listen), .. options.Http is { } http ? [("--http", http)] : Array.Empty<(string, HostPort)>()], stop);
        await using var node = new NodeProcess(role, options, provenance, logging, announce);
        await using var certificates = node._network.Certificates is { } expiry ? new CertificateWatch(expiry, node._log, TimeProvider.System) : null;
        await using var api = await node.StartHttpAsync(stop);
        await using var reports = node._reports = node.ReportsTo(ServiceManager.At(options.ServiceSocket, node._log), stop);
        while (!stop.IsCancellationRequested)
        {
            await node.RunSystemAsync(stop);
        }
    }

    public ValueTask DisposeAsync()
    {
        _bench?.Dispose();
        _sweeps?.Dispose();
        _post?.Metrics.Dispose();
        _logs.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<IAsyncDisposable?> StartHttpAsync(CancellationToken stop)
    {
        if (_options.Http is not { } http)
        {
            return null;
        }

        if (_sweeps is null)
        {
            var health = await WorkerHealth.StartAsync(http, () => Volatile.Read(ref _worker), _logging, stop);
            AnnounceHttp(health.Address);
            return health;
        }

        var token = _options.TokenFile is { } file ? ReadToken(file) : null;
        var api = await CoordinatorApi.StartAsync(
            new CoordinatorApiOptions
            {
                Endpoint = http,
                Token = token,
                Coordinator = () => _post!.Coordinator,
                StoreOf = _sweeps.FolderOf,
                Uploads = new FileArchive(Path.Combine(_options.Store, UploadedFiles.FolderName)),
                MostFileBytes = _options.MostFileBytes,
                StoreProblem = _storeProbe.Problem,
                Membership = () => Volatile.Read(ref _membership) is { IsOver: false } membership ? membership : null,
                Notices = _post!.Notices,
                Metrics = _post.Metrics,
                Logs = _recent,
                Logging = _logging,
            },
            stop);
        AnnounceHttp(api.Address);
        return api;
    }

    private ServiceReports? ReportsTo(ServiceManager? manager, CancellationToken stop) =>
        manager is null ? null : new ServiceReports(manager, _post, _storeProbe.Problem, stop);

    private void AnnounceHttp(Uri address) => _announce($"http {address.ToString().TrimEnd('/')}");

    // An empty secret would be none at all.
    private static string ReadToken(string file)
    {
        try
        {
            return SmallFile.ReadText(file).Trim() is { Length: > 0 } token && token.All(c => char.IsAscii(c) && !char.IsControl(c) && !char.IsWhiteSpace(c))
                ? token
                : throw new NodeOptionsException([$"--token-file: {file} holds no token; it has one line of visible ASCII characters"]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new NodeOptionsException([$"--token-file: {file} cannot be read: {unreadable.Message}"]);
        }
    }

    private async Task RunSystemAsync(CancellationToken stop)
    {
        using var host = NodeHosts.Build(_logging, Configure);
        await StartAsync(host, stop);
        var system = host.Services.GetRequiredService<ActorSystem>();
        var cluster = ClusterExtension.Get(system);
        Volatile.Write(ref _membership, new ClusterMembership(cluster));
        Volatile.Write(ref _worker, _bench is null ? null : host.Services.GetRequiredService<ActorRegistry>().Get<WorkerActor>());
        AnnounceOnce(cluster.SelfAddress);
        Join(system);
        _reports?.OnJoining(_membership, _worker);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (stop.Register(() => stopped.TrySetResult()))
        {
            await Task.WhenAny(system.WhenTerminated, stopped.Task, _failed.Task);
        }

        if (_failed.Task.IsCompleted)
        {
            await system.Terminate();
            throw await _failed.Task;
        }

        if (!system.WhenTerminated.IsCompleted)
        {
            await LeaveAsync(system);
            return;
        }

        Volatile.Write(ref _worker, null);

        // Akka sets it when a node was downed, which is no failure of this process.
        Environment.ExitCode = 0;
        if (!stop.IsCancellationRequested)
        {
            LogRebuild(_log, null);
            await Task.Delay(RebuildPause, CancellationToken.None);
        }
    }

    private static async Task StartAsync(IHost host, CancellationToken stop)
    {
        try
        {
            await host.StartAsync(stop);
        }
        catch (AggregateException failure) when (failure.GetBaseException() is { InnerException: SocketException })
        {
            // Akka wraps what the socket says once for each of its layers.
            var bind = failure.GetBaseException();
            throw new IOException($"{bind.Message.Split(". See", 2)[0]}: {bind.InnerException!.Message}", failure);
        }
    }

    private void Configure(AkkaConfigurationBuilder akka)
    {
        // Progress is kept for those who ask for the log, whatever is shown of it.
        akka.AddNodeLogging(verbose: true, _options.LogFormat);
        akka.AddSetup(new NodeLoggerSetup(_options.Verbose));
        akka.AddSetup(new OtherNameSetup((asked, own) => Volatile.Read(ref _joining)?.Tell(new JoiningActor.OtherName(asked, own))));
        _network.AddTo(akka, _port, _sweeps);
        if (_sweeps is not null)
        {
            akka.AddCoordinator(_sweeps, _network.Scheduling, _post!);
        }

        if (_bench is not null)
        {
            akka.AddWorker(_bench);
        }
    }

    private void LogTo(ILoggingBuilder builder, Action<ILoggingBuilder> logging)
    {
        logging(builder);
        builder.AddProvider(new LogRingProvider(_recent, TimeProvider.System));
        if (!_options.Verbose)
        {
            builder.AddFilter((provider, category, level) =>
                level >= LogLevel.Warning
                || (level == LogLevel.Information && (category == Category || provider == typeof(LogRingProvider).FullName)));
        }
    }

    private void AnnounceOnce(Address address)
    {
        if (_port is null)
        {
            _announce($"listening {address.Host}:{address.Port}");
        }

        // A rebuilt node is found where it was.
        _port = address.Port;
    }

    private void Join(ActorSystem system)
    {
        var named = _network.SeedsFor(system);
        var stores = _sweeps;
        Action<Exception> failed = cause => _post!.OnFailed(cause);
        var log = _log;
        Volatile.Write(ref _joining, system.ActorOf(Props.Create(() => new JoiningActor(named, stores, failed, log)), "joining"));
    }

    private async Task LeaveAsync(ActorSystem system)
    {
        if (_bench is not null)
        {
            try
            {
                var drained = await _worker!.Ask<Drained>(new DrainWorker(_options.Drain), _options.Drain + LeaveTime);
                LogDrained(_log, drained.Finished, drained.Returned, drained.Lost, null);
            }
            catch (AskTimeoutException)
            {
                LogNotDrained(_log, null);
            }
        }

        var left = CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
        if (await Task.WhenAny(left, Task.Delay(LeaveTime)) != left)
        {
            await system.Terminate();
        }

        Environment.ExitCode = 0;
    }

    private static readonly Action<ILogger, Exception?> LogRebuild = LoggerMessage.Define(
        LogLevel.Warning, default, "This node is no member of the cluster any more; it joins again as a new one");

    private static readonly Action<ILogger, int, int, int, Exception?> LogDrained = LoggerMessage.Define<int, int, int>(
        LogLevel.Information, default, "Drained: points finished: {Finished}, handed back: {Returned}, reports unconfirmed: {Lost}");

    private static readonly Action<ILogger, Exception?> LogNotDrained = LoggerMessage.Define(
        LogLevel.Warning, default, "The worker was not drained in time; unfinished points run elsewhere");
}
