namespace SparseProp.Sweeps;

/// <summary>What a whole sweep will roughly cost.</summary>
public static class SweepWork
{
    // Enough for the time left to be right, and few enough that a sweep of 10^7 points starts at once.
    private const long MostEstimated = 100_000;

    /// <summary>
    /// Estimated synaptic events of all points: their sum, or beyond 100 000 points, and where networks would take too long to evaluate, the
    /// mean of some spread evenly over the plan.
    /// </summary>
    public static double SynapticEventsOf(SweepPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var estimated = Math.Min(plan.Count, plan.Spec.Network?.MostEstimated ?? MostEstimated);
        var sum = 0.0;
        for (var i = 0L; i < estimated; i++)
        {
            sum += PointEstimate.Of(plan.EstimatedAt((long)((Int128)i * plan.Count / estimated))).SynapticEvents;
        }

        return sum / estimated * plan.Count;
    }
}
