using SparseProp.Sweeps;

namespace SparseProp.Cluster.Prediction;

/// <summary>What replicates come to in a simulated sweep, which decides how many of them each point gets.</summary>
/// <param name="Until">When a point has enough.</param>
/// <param name="ValueOf">The statistic of the point of an index.</param>
internal sealed record ReplicateOutcomes(Until Until, Func<long, double> ValueOf)
{
    /// <summary>Replicates agree: those that run in any case are enough.</summary>
    public static ReplicateOutcomes Alike(Until until) => new(until, static _ => 1);

    /// <summary>They never agree well enough: all that are allowed are run.</summary>
    public static ReplicateOutcomes Unlike(Until until) => new(until with { Sem = 0, IsRelative = false }, static index => index % 2);
}
