using SparseProp.Engine;

namespace SparseProp.Sweeps;

/// <summary>All that a <see cref="CostModel"/> must know of a point, whose network need not be looked at again.</summary>
public readonly record struct PointCostPrior
{
    private PointCostPrior(double seconds, int bucket) => (Seconds, Bucket) = (seconds, bucket);

    /// <summary>Estimated seconds before anything was measured; positive, finite.</summary>
    internal double Seconds { get; }

    /// <summary><see cref="CostBucket.Number"/>.</summary>
    internal int Bucket { get; }

    public static PointCostPrior Of(SimulationParameters p)
    {
        ArgumentNullException.ThrowIfNull(p);
        return new(CostPrior.SecondsOf(p), CostBucket.Of(p).Number);
    }
}
