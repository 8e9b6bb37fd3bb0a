using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Membership;
using SparseProp.Cluster.Remoting;
using SparseProp.Cluster.Workers;
using ClusterExtension = Akka.Cluster.Cluster;

namespace SparseProp.Service.Hosting;

/// <summary>
/// A whole cluster in this process: a coordinator node and a worker node that talk through remoting as they would on two machines, but
/// over no network, so that they cannot lose each other.
/// </summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private readonly IHost _coordinator;
    private readonly IHost _worker;
    private readonly WorkerBench _bench;
    private volatile bool _ending;

    private EmbeddedCluster(SweepRun run, WorkerOptions worker, SchedulerOptions rules, Action<ILoggingBuilder> logging)
    {
        _bench = new WorkerBench(worker, TimeProvider.System);
        var network = new InProcessNetwork();
        _coordinator = BuildHost(network, NodeRoles.Coordinator, logging, akka => akka.AddCoordinator(new SingleSweep(run, TimeProvider.System), rules, new ListenerWatcher(run.Listener)));
        _worker = BuildHost(network, NodeRoles.Worker, logging, akka => akka.AddWorker(_bench));
    }

    /// <summary>Starts both nodes; the sweep begins as soon as they have found each other.</summary>
    /// <param name="run">The sweep.</param>
    /// <param name="worker">How its points are simulated.</param>
    /// <param name="checkpointInterval">How long a point runs between two checkpoints; null for 30 s, zero for none.</param>
    /// <param name="logging">Where warnings go.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<EmbeddedCluster> StartAsync(
        SweepRun run, WorkerOptions worker, TimeSpan? checkpointInterval, Action<ILoggingBuilder> logging, CancellationToken cancellation)
    {
        var rules = new SchedulerOptions();
        rules = rules with { CheckpointInterval = checkpointInterval ?? rules.CheckpointInterval };
        var cluster = new EmbeddedCluster(run, worker, rules, logging);
        try
        {
            await cluster._coordinator.StartAsync(cancellation);
            var address = ClusterOf(cluster._coordinator).SelfAddress;
            ClusterOf(cluster._coordinator).Join(address);
            await cluster._worker.StartAsync(cancellation);
            ClusterOf(cluster._worker).Join(address);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Cancels running points, whose results are lost, and ends both nodes. What was acknowledged is in the store.</summary>
    public async ValueTask DisposeAsync()
    {
        // Not a graceful leave: nobody stays behind who would have to know, and what the nodes say about each other's end is no news.
        // Together, for whoever has asked for the end waits: what is reported meanwhile is lost either way.
        _ending = true;
        await Task.WhenAll(TerminateAsync(_worker), TerminateAsync(_coordinator));
        _bench.Dispose();
    }

    private static async Task TerminateAsync(IHost host)
    {
        await host.Services.GetRequiredService<ActorSystem>().Terminate();
        host.Dispose();
    }

    private static ClusterExtension ClusterOf(IHost host) =>
        ClusterExtension.Get(host.Services.GetRequiredService<ActorSystem>());

    private IHost BuildHost(
        InProcessNetwork network, string role, Action<ILoggingBuilder> logging, Action<AkkaConfigurationBuilder> configure) => NodeHosts.Build(
        builder =>
        {
            logging(builder);
            builder.AddFilter((_, level) => level >= LogLevel.Warning && !_ending);
        },
        akka =>
        {
            akka.AddNodeLogging(verbose: false).AddInProcessNetwork(role, network);
            configure(akka);
        });

    /// <summary>Tells the run's listener when there will be no coordinator.</summary>
    private sealed class ListenerWatcher(ISweepListener listener) : ICoordinatorWatcher
    {
        public void OnStarted(IActorRef coordinator)
        {
            // The sweep's own progress says as much.
        }

        public void OnStopped(IActorRef coordinator)
        {
            // The one who embeds the cluster ends it.
        }

        public void OnNotice(string sweep, SweepNotice notice)
        {
            // The coordinator tells the sweep's listener.
        }

        public void OnFailed(Exception cause) => listener.OnBroken(cause);
    }
}
