using Akka.Cluster.Hosting;
using Akka.Cluster.Hosting.SBR;
using Akka.Hosting;
using Akka.Remote.Hosting;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using SparseProp.Cluster.Serialization;
using SparseProp.Cluster.Workers;

namespace SparseProp.Cluster.Hosting;

/// <summary>What every node of the cluster is made of; one extension for each concern.</summary>
internal static class SweepNode
{
    /// <summary>Name of every node's actor system; nodes of another name are strangers.</summary>
    public const string SystemName = "sparseprop";

    public const string CoordinatorRole = "coordinator";

    public const string WorkerRole = "worker";

    private const string SingletonName = "sweeps";

    /// <summary>Remoting and membership. Beyond loopback, see the project's README on security first.</summary>
    public static AkkaConfigurationBuilder AddSweepNetwork(this AkkaConfigurationBuilder akka, string role, string host, int port) =>
        akka
            .WithRemoting(new RemoteOptions { HostName = host, Port = port })
            .WithClustering(new ClusterOptions
            {
                Roles = [role],
                // The side that has the coordinator survives, however many workers are on the other.
                SplitBrainResolver = new KeepMajorityOption { Role = CoordinatorRole },
            })
            .AddHocon(NodeSettings.Common, HoconAddMode.Prepend);

    /// <summary>Hyperion for control, MessagePack for results, and no other way to travel.</summary>
    public static AkkaConfigurationBuilder AddSweepSerialization(this AkkaConfigurationBuilder akka) =>
        akka
            .WithCustomSerializer("control", [typeof(WorkProtocol.IMessage)], system => new ControlSerializer(system))
            .WithCustomSerializer("report", [typeof(PointReport), typeof(CheckpointPart)], system => new ReportSerializer(system));

    /// <summary>The coordinator: a singleton, wherever the role's oldest member is.</summary>
    public static AkkaConfigurationBuilder AddCoordinator(
        this AkkaConfigurationBuilder akka, ISweepCatalogue catalogue, SchedulerOptions options, ICoordinatorWatcher watcher) =>
        akka.WithSingleton<CoordinatorActor>(
            SingletonName,
            (_, _, _) => CoordinatorActor.PropsFor(catalogue, options, watcher, TimeProvider.System),
            new ClusterSingletonOptions { Role = CoordinatorRole },
            createProxyToo: false);

    /// <summary>The worker and its way to the coordinator.</summary>
    public static AkkaConfigurationBuilder AddWorker(this AkkaConfigurationBuilder akka, WorkerBench bench) =>
        akka
            .WithSingletonProxy<CoordinatorActor>(
                SingletonName,
                // Room for what a worker says before the coordinator is found. More is dropped, and repeated until it is answered.
                new ClusterSingletonOptions { Role = CoordinatorRole, BufferSize = 100 })
            .WithActors((system, registry) =>
            {
                var coordinator = registry.Get<CoordinatorActor>();
                var worker = system.ActorOf(WorkerActor.PropsFor(coordinator, bench), "worker");
                registry.Register<WorkerActor>(worker);
            });

    /// <summary>Warnings and errors go to the host's loggers, nothing to the console.</summary>
    public static AkkaConfigurationBuilder AddQuietLogging(this AkkaConfigurationBuilder akka) =>
        akka.ConfigureLoggers(loggers =>
        {
            loggers.LogLevel = Akka.Event.LogLevel.WarningLevel;
            loggers.ClearLoggers();
            loggers.AddLoggerFactory();
        });
}
