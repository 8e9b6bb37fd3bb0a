using SparseProp.Results;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Coordination;

/// <summary>
/// How many replicates each group of points gets under <see cref="Until"/>. Decided in rounds: when all that were opened are recorded,
/// and by their values alone, so that no order of events changes which points a sweep ends with.
/// </summary>
internal sealed class Replication
{
    private readonly Until _until;
    private readonly Group[] _groups;
    private readonly Dictionary<long, double> _reported = [];
    private long _undecided;

    /// <param name="until">When a group has enough.</param>
    /// <param name="points">Points of the plan, a multiple of the most replicates.</param>
    public Replication(Until until, long points)
    {
        _until = until;
        _groups = new Group[points / until.MostReplicates];
        for (var i = 0; i < _groups.Length; i++)
        {
            _groups[i] = new Group { Open = until.FirstReplicates };
        }

        _undecided = _groups.Length;
        Needed = (long)_groups.Length * until.FirstReplicates;
    }

    /// <summary>Points that have been opened so far.</summary>
    public long Needed { get; private set; }

    /// <summary>Those of them that are recorded.</summary>
    public long Recorded { get; private set; }

    /// <summary>The share of the plan that is run in any case.</summary>
    public double FirstShare => (double)_until.FirstReplicates / _until.MostReplicates;

    /// <summary>Whether every group has enough.</summary>
    public bool IsComplete => _undecided == 0;

    /// <summary>What is decided of a plan whose store holds these points; null where the plan's replicates are what its file names.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static Replication? Of(SweepPlan plan, RecordedPoints recorded, string folder)
    {
        if (plan.Spec.Until is not { } until)
        {
            return null;
        }

        var replication = new Replication(until, plan.Count);
        foreach (var record in recorded.Points.Count == 0 ? [] : StoreReader.Read(folder))
        {
            if (plan.TryIndexOf(record.Parameters, out var index) && recorded.Points.Contains(index))
            {
                replication.Report(index, record);
                replication.OnRecorded(index, record.Status == PointStatus.Failed);
            }
        }

        return replication;
    }

    /// <summary>Whether a point is among those that are to be run as far as is known.</summary>
    public bool IsNeeded(long index) => index % _until.MostReplicates < _groups[index / _until.MostReplicates].Open;

    /// <summary>A result has come in that is not yet on disk.</summary>
    public void Report(long index, PointRecord record) =>
        Report(index, record.Result is { } result ? _until.Statistic.Value(result) ?? double.NaN : double.NaN);

    /// <summary>A result has come in with this value of the statistic, NaN where it has none.</summary>
    public void Report(long index, double value) => _reported[index] = value;

    /// <summary>A point is recorded.</summary>
    /// <returns>The points that are now to be run, too.</returns>
    public IEnumerable<long> OnRecorded(long index, bool failed)
    {
        var (group, replicate) = (_groups[index / _until.MostReplicates], (int)(index % _until.MostReplicates));
        group.Failed += failed ? 1 : 0;
        group.Set(replicate, _reported.Remove(index, out var value) ? value : double.NaN);
        Recorded += replicate < group.Open ? 1 : 0;
        var first = group.Open;
        Decide(group);
        return Enumerable.Range(first, group.Open - first).Select(opened => index - replicate + opened);
    }

    /// <summary>A point that was recorded as failed is to run again.</summary>
    public void Reopen(long index)
    {
        var (group, replicate) = (_groups[index / _until.MostReplicates], (int)(index % _until.MostReplicates));
        group.Failed--;
        group.Clear(replicate);
        if (replicate < group.Open)
        {
            Recorded--;
        }

        _undecided += group.IsDecided ? 1 : 0;
        group.IsDecided = false;
    }

    private void Decide(Group group)
    {
        while (!group.IsDecided && group.HasAllOpen)
        {
            // Where replicates fail, more of them are no help.
            var next = group.Failed > 0 ? group.Open : _until.Next(group.Values);
            if (next == group.Open)
            {
                group.IsDecided = true;
                _undecided--;
                return;
            }

            Needed += next - group.Open;
            for (; group.Open < next; group.Open++)
            {
                Recorded += group.Has(group.Open) ? 1 : 0;
            }
        }
    }

    private sealed class Group
    {
        private double[] _values = [];
        private bool[] _isSet = [];

        public int Open { get; set; }

        public int Failed { get; set; }

        public bool IsDecided { get; set; }

        public bool HasAllOpen => _isSet.Length >= Open && Array.IndexOf(_isSet, false, 0, Open) < 0;

        public ReadOnlySpan<double> Values => _values.AsSpan(0, Open);

        public bool Has(int replicate) => replicate < _isSet.Length && _isSet[replicate];

        public void Set(int replicate, double value)
        {
            if (replicate >= _values.Length)
            {
                Array.Resize(ref _values, replicate + 1);
                Array.Resize(ref _isSet, replicate + 1);
            }

            (_values[replicate], _isSet[replicate]) = (value, true);
        }

        public void Clear(int replicate) => _isSet[replicate] = false;
    }
}
