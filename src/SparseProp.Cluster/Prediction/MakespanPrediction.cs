using SparseProp.Cluster.Coordination;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Prediction;

/// <summary>How long a sweep would take on a cluster, by the rules that would lease its points there.</summary>
public static class MakespanPrediction
{
    /// <summary>Runs a sweep of which nothing is recorded yet in virtual time, with the cost model's first estimates.</summary>
    public static ClusterPrediction Of(SweepPlan plan, ClusterShape shape)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(shape);
        return ClusterSimulation.Run(new PlanWorkload(plan), shape, new SchedulerOptions());
    }
}
