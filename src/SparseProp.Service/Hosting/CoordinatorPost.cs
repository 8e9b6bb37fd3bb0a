using Akka.Actor;
using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Metrics;
using SparseProp.Service.Api.Events;

namespace SparseProp.Service.Hosting;

/// <summary>Where the coordinator of this process is, and what it notices, for those who are no actors. For use by any thread.</summary>
internal sealed class CoordinatorPost(Action<Exception> failed, CoordinatorMetrics metrics) : ICoordinatorWatcher
{
    private IActorRef? _coordinator;

    /// <summary>The coordinator; null while it runs on another node, or nowhere.</summary>
    public IActorRef? Coordinator => Volatile.Read(ref _coordinator);

    public CoordinatorMetrics Metrics => metrics;

    public NoticeFeed Notices { get; } = new();

    public void OnStarted(IActorRef coordinator) => Volatile.Write(ref _coordinator, coordinator);

    public void OnStopped(IActorRef coordinator) => Interlocked.CompareExchange(ref _coordinator, null, coordinator);

    public void OnNotice(string sweep, SweepNotice notice) => Notices.Tell(sweep, notice);

    public void OnFailed(Exception cause) => failed(cause);
}
