using SparseProp.Cluster.Coordination;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Prediction;

/// <summary>
/// How long a sweep of which nothing is recorded yet would take on a cluster, by the rules that would lease its points there: a run in
/// virtual time, with the cost model's first estimates.
/// </summary>
public static class MakespanPrediction
{
    /// <summary>For a plan of which all points are run.</summary>
    /// <exception cref="ArgumentException">The plan has <c>until</c>.</exception>
    public static ClusterPrediction Of(SweepPlan plan, ClusterShape shape)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(shape);
        return plan.Spec.Until is null
            ? ClusterSimulation.Run(new PlanWorkload(plan), shape, new SchedulerOptions())
            : throw new ArgumentException("How many points of the plan are run depends on their results.", nameof(plan));
    }

    /// <summary>For a plan with <c>until</c>.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="shape">The cluster.</param>
    /// <param name="spread">How much replicates scatter; null where that is unknown.</param>
    /// <exception cref="ArgumentException">The plan has no <c>until</c>.</exception>
    public static ReplicatedPrediction OfReplicates(SweepPlan plan, ClusterShape shape, ReplicateSpread? spread)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(shape);
        var until = plan.Spec.Until ?? throw new ArgumentException("The plan's replicates are what its file names.", nameof(plan));
        return new ReplicatedPrediction(
            Run(ReplicateOutcomes.Alike(until)), spread is null ? null : Run(spread.Outcomes()), Run(ReplicateOutcomes.Unlike(until)));

        ClusterPrediction Run(ReplicateOutcomes outcomes) =>
            ClusterSimulation.Run(new PlanWorkload(plan), shape, new SchedulerOptions(), outcomes: outcomes);
    }
}
