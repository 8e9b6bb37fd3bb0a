using SparseProp.Sweeps;

namespace SparseProp.Cluster.Prediction;

/// <summary>What replicates come to in a simulated sweep, which decides how many of them each point gets.</summary>
/// <param name="Until">When a point has enough.</param>
/// <param name="ValueOf">The statistic of the point of an index.</param>
internal sealed record ReplicateOutcomes(Until Until, Func<long, double> ValueOf)
{
    /// <summary>Replicates agree well enough: those that run in any case do. They are not equal, which would call for more.</summary>
    public static ReplicateOutcomes Alike(Until until) =>
        new(until with { HalfWidth = double.MaxValue, IsRelative = false }, static index => index % 2);

    /// <summary>They never agree well enough: all that are allowed are run.</summary>
    public static ReplicateOutcomes Unlike(Until until) => new(until with { HalfWidth = 0, IsRelative = false }, static index => index % 2);
}
