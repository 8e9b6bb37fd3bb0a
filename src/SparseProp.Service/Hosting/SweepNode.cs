using Akka.Cluster.Hosting;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote.Hosting;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Membership;
using SparseProp.Cluster.Remoting;
using SparseProp.Cluster.Workers;
using SparseProp.Results.Texts;
using SparseProp.Service.Hosting.Logging;

namespace SparseProp.Service.Hosting;

/// <summary>What every node of the cluster is made of; one extension for each concern.</summary>
internal static class SweepNode
{
    /// <summary>Name of every node's actor system; nodes of another name are strangers.</summary>
    public const string SystemName = "sparseprop";

    private const string SingletonName = "sweeps";

    /// <summary>Remoting and membership.</summary>
    /// <param name="akka">The node's actor system to be.</param>
    /// <param name="roles">The node's roles.</param>
    /// <param name="listen">Where it listens.</param>
    /// <param name="advertise">Where others reach it, if elsewhere.</param>
    /// <param name="tls">Its certificate, and whom it believes; null for no TLS.</param>
    /// <param name="claim">A coordinator's claim to the stores; null for a worker.</param>
    public static AkkaConfigurationBuilder AddSweepNetwork(
        this AkkaConfigurationBuilder akka, string[] roles, HostPort listen, HostPort? advertise, SslOptions? tls, IStoreClaim? claim)
    {
        if (claim is not null)
        {
            akka.AddSetup(new StoreClaimSetup(claim));
        }

        return akka
            .WithRemoting(new RemoteOptions
            {
                HostName = listen.Host,
                Port = listen.Port,
                PublicHostName = advertise?.Host,
                PublicPort = advertise is { Port: > 0 } ? advertise.Port : null,
                EnableSsl = tls is not null,
                Ssl = tls ?? new SslOptions(),
            })
            .WithClustering(new ClusterOptions { Roles = roles, AppVersion = ProgramIdentity.Own.Build })
            .AddHocon(NodeSettings.Common, HoconAddMode.Prepend)
            .AddHocon(tls is null ? Config.Empty : NodeSettings.Secure, HoconAddMode.Prepend);
    }

    /// <summary>Remoting and membership of nodes that share a process.</summary>
    /// <param name="akka">The node's actor system to be.</param>
    /// <param name="role">The node's role.</param>
    /// <param name="network">What connects it with the others.</param>
    public static AkkaConfigurationBuilder AddInProcessNetwork(this AkkaConfigurationBuilder akka, string role, InProcessNetwork network) => akka
        .AddSetup(new InProcessNetworkSetup(network))
        .WithClustering(new ClusterOptions { Roles = [role], AppVersion = ProgramIdentity.Own.Build })
        .AddHocon(NodeSettings.Common, HoconAddMode.Prepend)
        .AddHocon(NodeSettings.Embedded, HoconAddMode.Prepend)
        .AddHocon(NodeSettings.InProcess, HoconAddMode.Prepend);

    /// <summary>The coordinator: a singleton, wherever the role's oldest member is.</summary>
    public static AkkaConfigurationBuilder AddCoordinator(
        this AkkaConfigurationBuilder akka, ISweepCatalogue catalogue, SchedulerOptions options, ICoordinatorWatcher watcher) =>
        akka
            .AddHocon(FileThreads.Settings, HoconAddMode.Prepend)
            .WithSingleton<CoordinatorActor>(
                SingletonName,
                (_, _, _) => CoordinatorActor.PropsFor(catalogue, options, watcher, TimeProvider.System),
                new ClusterSingletonOptions { Role = NodeRoles.Coordinator },
                createProxyToo: false);

    /// <summary>The worker and its way to the coordinator.</summary>
    public static AkkaConfigurationBuilder AddWorker(this AkkaConfigurationBuilder akka, WorkerBench bench) =>
        akka
            .WithSingletonProxy<CoordinatorActor>(
                SingletonName,
                // Room for what a worker says before the coordinator is found. More is dropped, and repeated until it is answered.
                new ClusterSingletonOptions { Role = NodeRoles.Coordinator, BufferSize = 100 })
            .WithActors((system, registry) =>
            {
                var coordinator = registry.Get<CoordinatorActor>();
                var worker = system.ActorOf(WorkerActor.PropsFor(coordinator, bench), "worker");
                registry.Register<WorkerActor>(worker);
            });

    /// <summary>Warnings and errors, or progress too, go to the host's loggers; nothing to the console.</summary>
    public static AkkaConfigurationBuilder AddNodeLogging(
        this AkkaConfigurationBuilder akka, bool verbose, LogFormat format = LogFormat.Text) =>
        akka
            .AddHocon(NodeSettings.LoggingOf(format), HoconAddMode.Prepend)
            .ConfigureLoggers(loggers =>
            {
                loggers.LogLevel = verbose ? Akka.Event.LogLevel.InfoLevel : Akka.Event.LogLevel.WarningLevel;
                loggers.ClearLoggers();
                loggers.AddLogger<NodeLogger>();
            });
}
