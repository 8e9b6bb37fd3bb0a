using Akka.Actor;
using SparseProp.Cluster.Metrics;

namespace SparseProp.Cluster.Coordination;

/// <summary>Hears, on the coordinator's thread, where the coordinator of this process is.</summary>
internal interface ICoordinatorWatcher
{
    /// <summary>What is told how the coordinator does; null where nobody measures.</summary>
    CoordinatorMetrics? Metrics => null;

    /// <summary>The coordinator runs in this process now.</summary>
    void OnStarted(IActorRef coordinator);

    /// <summary>It does no longer.</summary>
    void OnStopped(IActorRef coordinator);

    /// <summary>Whoever watches a sweep should hear of this.</summary>
    void OnNotice(string sweep, SweepNotice notice);

    /// <summary>The stores cannot be had, by anybody: nothing can be coordinated.</summary>
    void OnFailed(Exception cause);
}
