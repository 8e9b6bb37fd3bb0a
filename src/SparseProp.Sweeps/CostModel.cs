using SparseProp.Engine;

namespace SparseProp.Sweeps;

/// <summary>
/// Estimated wall time of a point on one core: a prior from measured figures, times what has been learned of the machines at hand.
/// The same calls in the same order give the same numbers. Not thread-safe.
/// </summary>
/// <remarks>
/// What is learned are ratios of measured to prior time, one for each model, event loop, topology and size (a power of two of n), and
/// of networks of populations for each event loop and size.
/// Where none is known, that of the nearest counts: of the same model if there is any, then of the same loop, the same topology, the
/// nearest size.
/// </remarks>
public sealed class CostModel
{
    /// <summary>A machine, or a guess, that is farther off than this is a mistake of measurement.</summary>
    private const double LargestRatio = 64;

    /// <summary>What the latest measurement counts for, once ten are known: single ones scatter by tens of per cent.</summary>
    private const double LatestShare = 0.1;

    /// <summary>A change of estimates by less than this factor is not worth sorting for.</summary>
    private const double NoticedChange = 1.2;

    private const int Nothing = -1;

    private readonly Calibration[] _buckets = [.. CostBucket.All.Select(_ => new Calibration())];

    /// <summary>
    /// Grows by one whenever an estimate differs by more than 20 % from what it was when this last grew: time to sort again.
    /// </summary>
    public int Revision { get; private set; }

    /// <summary>Seconds that the point will take on one core, set-up included; positive and finite.</summary>
    public double SecondsOf(SimulationParameters p) => SecondsFrom(PointCostPrior.Of(p));

    /// <inheritdoc cref="SecondsOf(SimulationParameters)"/>
    public double SecondsFrom(PointCostPrior prior) => prior.Seconds * Math.Exp(LogRatioOf(_buckets[prior.Bucket]));

    /// <summary>Takes notice of a finished point.</summary>
    /// <param name="p">The point.</param>
    /// <param name="wallSeconds">What it took on one core; ignored unless it is positive and finite.</param>
    public void Learn(SimulationParameters p, double wallSeconds) => LearnFrom(PointCostPrior.Of(p), wallSeconds);

    /// <inheritdoc cref="Learn(SimulationParameters, double)"/>
    public void LearnFrom(PointCostPrior prior, double wallSeconds)
    {
        if (wallSeconds <= 0 || !double.IsFinite(wallSeconds))
        {
            return;
        }

        var number = prior.Bucket;
        var bucket = _buckets[number];
        if (bucket.Measured++ == 0)
        {
            BecomeNearest(number);
        }

        var measured = Math.Log(Math.Clamp(wallSeconds / prior.Seconds, 1 / LargestRatio, LargestRatio));
        bucket.MeanLogRatio += (measured - bucket.MeanLogRatio) * Math.Max(1.0 / bucket.Measured, LatestShare);
        if (IsNoticed(number))
        {
            Revise();
        }
    }

    private double LogRatioOf(Calibration bucket) => bucket.Nearest == Nothing ? 0 : _buckets[bucket.Nearest].MeanLogRatio;

    /// <summary>Lets a bucket in which the first point was measured count for all that know no nearer one.</summary>
    private void BecomeNearest(int number)
    {
        var all = CostBucket.All;
        for (var i = 0; i < _buckets.Length; i++)
        {
            var nearest = _buckets[i].Nearest;
            if (nearest == Nothing || all[i].DistanceTo(all[number]) < all[i].DistanceTo(all[nearest]))
            {
                _buckets[i].Nearest = number;
            }
        }
    }

    /// <summary>Whether an estimate that depends on bucket <paramref name="number"/> has moved far since the last revision.</summary>
    private bool IsNoticed(int number) =>
        Array.Exists(
            _buckets,
            bucket => bucket.Nearest == number && Math.Abs(LogRatioOf(bucket) - bucket.LogRatioAtRevision) > Math.Log(NoticedChange));

    private void Revise()
    {
        Revision++;
        foreach (var bucket in _buckets)
        {
            bucket.LogRatioAtRevision = LogRatioOf(bucket);
        }
    }

    private sealed class Calibration
    {
        /// <summary>Points measured in this bucket.</summary>
        public int Measured { get; set; }

        /// <summary>Natural logarithm of their measured over their prior time, averaged.</summary>
        public double MeanLogRatio { get; set; }

        /// <summary>Number of the bucket whose mean counts here: this one's, once it has any.</summary>
        public int Nearest { get; set; } = Nothing;

        /// <summary>What counted here when <see cref="Revision"/> last grew.</summary>
        public double LogRatioAtRevision { get; set; }
    }
}
