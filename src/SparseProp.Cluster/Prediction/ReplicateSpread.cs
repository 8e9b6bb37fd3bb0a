using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Prediction;

/// <summary>
/// How much the replicates of a sweep's points scatter, by those that a store holds. A point with fewer than two of them is taken to
/// scatter as the others do: the same share of its mean where <c>until</c> asks for one, else the same amount.
/// </summary>
public sealed class ReplicateSpread
{
    // So that no draw is one of those for durations.
    private const ulong FirstDraw = 1UL << 62;

    private readonly Until _until;
    private readonly Dictionary<long, double> _values;
    private readonly Dictionary<long, double> _means;
    private readonly Dictionary<long, double> _deviations = [];
    private readonly double _pooled;

    private ReplicateSpread(Until until, Dictionary<long, double> values)
    {
        _until = until;
        _values = values;
        var groups = values
            .GroupBy(value => value.Key / until.MostReplicates, value => value.Value)
            .ToDictionary(group => group.Key, group => group.ToList());
        _means = groups.ToDictionary(group => group.Key, group => group.Value.Average());
        var (squares, freedoms) = (0.0, 0);
        foreach (var (group, found) in groups.Where(group => group.Value.Count > 1))
        {
            var mean = _means[group];
            var sum = found.Sum(value => (value - mean) * (value - mean));
            _deviations[group] = Math.Sqrt(sum / (found.Count - 1));
            if (!until.IsRelative || mean != 0)
            {
                squares += until.IsRelative ? sum / (mean * mean) : sum;
                freedoms += found.Count - 1;
            }
        }

        _pooled = freedoms > 0 ? Math.Sqrt(squares / freedoms) : 0;
    }

    /// <summary>Points of which at least two replicates were found.</summary>
    public int KnownPoints => _deviations.Count;

    /// <summary>What a store tells of a sweep with <c>until</c>; null where it holds no two replicates of any point.</summary>
    /// <exception cref="ArgumentException">The plan has no <c>until</c>.</exception>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static ReplicateSpread? In(SweepPlan plan, string folder)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var until = plan.Spec.Until ?? throw new ArgumentException("The plan's replicates are what its file names.", nameof(plan));
        var values = new Dictionary<long, double>();
        foreach (var record in StoreReader.Read(folder, only: PointStatus.Ok))
        {
            if (plan.TryIndexOf(record.Parameters, record.Key, out var index)
                && until.Statistic.Value(record.Parameters, record.Result!) is { } value && double.IsFinite(value))
            {
                values[index] = value;
            }
        }

        var spread = new ReplicateSpread(until, values);
        return spread.KnownPoints > 0 ? spread : null;
    }

    /// <summary>Each replicate as it was found, or else drawn from a normal distribution of its point's mean and spread.</summary>
    internal ReplicateOutcomes Outcomes() => new(_until, ValueOf);

    private double ValueOf(long index)
    {
        if (_values.TryGetValue(index, out var found))
        {
            return found;
        }

        var group = index / _until.MostReplicates;
        var mean = _means.GetValueOrDefault(group, 1);
        if (!_deviations.TryGetValue(group, out var deviation))
        {
            deviation = _until.IsRelative ? _pooled * Math.Abs(mean) : _pooled;
        }

        return mean + (deviation * IndexedNoise.StandardNormal(FirstDraw + (ulong)index));
    }
}
