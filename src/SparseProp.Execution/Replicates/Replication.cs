using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Execution.Replicates;

/// <summary>
/// How many replicates each group of points gets under <see cref="Until"/>. Decided in rounds: when all that were opened are recorded,
/// and by their values alone, so that no order of events changes which points a sweep ends with.
/// </summary>
internal sealed class Replication
{
    private readonly Until _until;
    private readonly long _count;

    // Those of which something is recorded. A group that has enough is kept as a number, so that memory grows with what is under way.
    private readonly Dictionary<long, Group> _groups = [];
    private readonly Dictionary<long, double> _reported = [];
    private long _undecided;

    /// <param name="until">When a group has enough.</param>
    /// <param name="points">Points of the plan, a multiple of the most replicates.</param>
    public Replication(Until until, long points)
    {
        _until = until;
        _count = points / until.MostReplicates;
        _undecided = _count;
        Needed = _count * until.FirstReplicates;
    }

    /// <summary>Points that have been opened so far.</summary>
    public long Needed { get; private set; }

    /// <summary>Those of them that are recorded.</summary>
    public long Recorded { get; private set; }

    /// <summary>Groups that get no more replicates although their mean is not known as well as is asked for.</summary>
    public long NotReached { get; private set; }

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
            if (plan.TryIndexOf(record.Parameters, record.Key, out var index) && recorded.Points.Contains(index))
            {
                replication.Report(index, record);
                replication.OnRecorded(index, record.Status == PointStatus.Failed);
            }
        }

        return replication;
    }

    /// <summary>Whether a point is among those that are to be run as far as is known.</summary>
    public bool IsNeeded(long index) =>
        index % _until.MostReplicates < (_groups.TryGetValue(index / _until.MostReplicates, out var group) ? group.Open : _until.FirstReplicates);

    /// <summary>Groups that get no more replicates: the index of the first, and how many there are.</summary>
    public IEnumerable<(long First, int Open)> Decided =>
        _groups.Where(group => group.Value.IsDecided).Select(group => (group.Key * _until.MostReplicates, group.Value.Open));

    /// <summary>The statistic of a result, NaN where it has none.</summary>
    public double ValueOf(PointRecord record) => record.Result is { } result ? _until.Statistic.Value(record.Parameters, result) ?? double.NaN : double.NaN;

    /// <summary>A result has come in that is not yet on disk.</summary>
    public void Report(long index, PointRecord record) => Report(index, ValueOf(record));

    /// <summary>A result has come in with this value of the statistic, NaN where it has none.</summary>
    public void Report(long index, double value) => _reported[index] = value;

    /// <summary>A point is recorded.</summary>
    /// <returns>The points that are now to be run, too.</returns>
    public IEnumerable<long> OnRecorded(long index, bool failed)
    {
        var (group, replicate) = (GroupOf(index), (int)(index % _until.MostReplicates));
        var value = _reported.Remove(index, out var reported) ? reported : double.NaN;
        if (group.IsDecided)
        {
            // An earlier file asked for more.
            return [];
        }

        group.Set(replicate, value, failed);
        Recorded += replicate < group.Open ? 1 : 0;
        var first = group.Open;
        Decide(group);
        return Enumerable.Range(first, group.Open - first).Select(opened => index - replicate + opened);
    }

    /// <summary>A needed point that was recorded as failed is to run again.</summary>
    public void Reopen(long index)
    {
        var group = GroupOf(index);
        group.Clear((int)(index % _until.MostReplicates));
        Recorded--;
        _undecided += group.IsDecided ? 1 : 0;
        NotReached -= group is { IsDecided: true, IsReached: false } ? 1 : 0;
        group.IsDecided = false;
    }

    private Group GroupOf(long index)
    {
        var number = index / _until.MostReplicates;
        if (!_groups.TryGetValue(number, out var group))
        {
            _groups.Add(number, group = new Group { Open = _until.FirstReplicates });
        }

        return group;
    }

    private void Decide(Group group)
    {
        while (!group.IsDecided && group.HasAllOpen)
        {
            // Where replicates fail, more of them are no help.
            var next = group.HasFailures ? group.Open : _until.Next(group.Values);
            if (next == group.Open)
            {
                _undecided--;
                group.IsDecided = true;
                group.IsReached = _until.PrecisionOf(group.Values).IsReached;
                NotReached += group.IsReached ? 0 : 1;
                group.Forget();
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
        private Replicate[] _replicates = [];

        public int Open { get; set; }

        public bool IsDecided { get; set; }

        /// <summary>Of a group that is decided, whether its mean is known as well as is asked for.</summary>
        public bool IsReached { get; set; }

        public bool HasAllOpen => _replicates.Length >= Open && Array.IndexOf(_replicates, Replicate.Missing, 0, Open) < 0;

        public bool HasFailures => Array.IndexOf(_replicates, Replicate.Failed, 0, Math.Min(Open, _replicates.Length)) >= 0;

        public ReadOnlySpan<double> Values => _values.AsSpan(0, Open);

        public bool Has(int replicate) => replicate < _replicates.Length && _replicates[replicate] != Replicate.Missing;

        public void Set(int replicate, double value, bool failed)
        {
            if (replicate >= _values.Length)
            {
                Array.Resize(ref _values, replicate + 1);
                Array.Resize(ref _replicates, replicate + 1);
            }

            (_values[replicate], _replicates[replicate]) = (value, failed ? Replicate.Failed : Replicate.Recorded);
        }

        public void Clear(int replicate) => _replicates[replicate] = Replicate.Missing;

        /// <summary>Lets go of values that no decision is made on any more: only points that failed are run again.</summary>
        public void Forget()
        {
            if (!HasFailures)
            {
                (_values, _replicates) = ([], []);
            }
        }
    }

    private enum Replicate : byte
    {
        Missing,
        Recorded,
        Failed,
    }
}
