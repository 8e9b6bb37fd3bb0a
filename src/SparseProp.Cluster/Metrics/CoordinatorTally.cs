namespace SparseProp.Cluster.Metrics;

/// <summary>
/// What coordinators of a process have counted since it began, by sweep and worker. Names that are gone are forgotten after an hour: by
/// then any monitor has seen their last count, and a long life cannot fill the memory. Not for concurrent use.
/// </summary>
internal sealed class CoordinatorTally(TimeProvider clock)
{
    /// <summary>How long a sweep or worker that is gone is still counted.</summary>
    public static readonly TimeSpan Remembrance = TimeSpan.FromHours(1);

    private readonly Dictionary<string, SweepTally> _sweeps = [];
    private readonly Dictionary<string, WorkerTally> _workers = [];
    private long _expiries;
    private long _lost;
    private long _failed;
    private long _divergent;

    /// <summary>A lease ran out.</summary>
    public void AddExpiry() => _expiries++;

    /// <summary>A worker is gone that had not said so.</summary>
    public void AddLostWorker() => _lost++;

    /// <summary>A second result contradicts the first.</summary>
    public void AddDivergent() => _divergent++;

    /// <summary>A record is a point's record now, and on disk.</summary>
    /// <param name="sweep">Its sweep.</param>
    /// <param name="failed">Whether the point failed.</param>
    public void AddRecorded(string sweep, bool failed)
    {
        Find(sweep).Recorded++;
        _failed += failed ? 1 : 0;
    }

    /// <summary>A worker's simulation has its record.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="cpuSeconds">CPU time of its event loop.</param>
    /// <param name="synapticEvents">Synaptic events in it.</param>
    public void AddWork(string worker, double cpuSeconds, long synapticEvents)
    {
        if (!_workers.TryGetValue(worker, out var tally))
        {
            _workers.Add(worker, tally = new WorkerTally());
        }

        tally.Seen = clock.GetTimestamp();
        tally.CpuSeconds += cpuSeconds;
        tally.SynapticEvents += synapticEvents;
    }

    /// <summary>A sweep is over; it is shown as it was at the end.</summary>
    public void End(SweepFigures last)
    {
        var tally = Find(last.Name);
        (tally.Last, tally.Seen) = (last, clock.GetTimestamp());
    }

    /// <summary>Takes note of who is there, forgets who is long gone, and tells all counts.</summary>
    /// <param name="now">How things stand; null where the coordinator is gone.</param>
    public CoordinatorCounts Count(ClusterFigures? now)
    {
        var time = clock.GetTimestamp();
        foreach (var sweep in now?.Sweeps ?? [])
        {
            var tally = Find(sweep.Name);
            (tally.Last, tally.Seen) = (null, time);
        }

        foreach (var worker in now?.Workers ?? [])
        {
            if (_workers.TryGetValue(worker.Name, out var tally))
            {
                tally.Seen = time;
            }
        }

        Forget(_sweeps, tally => tally.Seen);
        Forget(_workers, tally => tally.Seen);
        return new CoordinatorCounts(
            now,
            _expiries,
            _lost,
            _failed,
            _divergent,
            [.. _sweeps.Values.Select(tally => tally.Last).OfType<SweepFigures>()],
            [.. _sweeps.Select(tally => (tally.Key, tally.Value.Recorded))],
            [.. _workers.Select(tally => (tally.Key, tally.Value.CpuSeconds, tally.Value.SynapticEvents))]);
    }

    private SweepTally Find(string sweep)
    {
        if (!_sweeps.TryGetValue(sweep, out var tally))
        {
            _sweeps.Add(sweep, tally = new SweepTally(clock.GetTimestamp()));
        }

        return tally;
    }

    private void Forget<T>(Dictionary<string, T> tallies, Func<T, long> seen)
    {
        // Removal does not disturb the enumeration of a dictionary.
        foreach (var (name, tally) in tallies)
        {
            if (clock.GetElapsedTime(seen(tally)) > Remembrance)
            {
                tallies.Remove(name);
            }
        }
    }

    private sealed class SweepTally(long seen)
    {
        public long Seen { get; set; } = seen;

        public long Recorded { get; set; }

        /// <summary>How it was at its end; null while it runs.</summary>
        public SweepFigures? Last { get; set; }
    }

    private sealed class WorkerTally
    {
        public long Seen { get; set; }

        public double CpuSeconds { get; set; }

        public long SynapticEvents { get; set; }
    }
}

/// <summary>What was counted until some moment.</summary>
/// <param name="Now">How things stood then; null without an active coordinator.</param>
/// <param name="LeaseExpiries">Leases that ran out.</param>
/// <param name="LostWorkers">Workers that went without a word.</param>
/// <param name="Failed">Points recorded as failed.</param>
/// <param name="Divergent">Second results that contradict the first.</param>
/// <param name="Ended">Sweeps that ended lately, as they were then.</param>
/// <param name="Recorded">Points recorded, by sweep.</param>
/// <param name="Work">CPU time in seconds and synaptic events of recorded points, by worker.</param>
internal sealed record CoordinatorCounts(
    ClusterFigures? Now,
    long LeaseExpiries,
    long LostWorkers,
    long Failed,
    long Divergent,
    IReadOnlyList<SweepFigures> Ended,
    IReadOnlyList<(string Sweep, long Points)> Recorded,
    IReadOnlyList<(string Worker, double CpuSeconds, long SynapticEvents)> Work)
{
    public static readonly CoordinatorCounts None = new(null, 0, 0, 0, 0, [], [], []);
}
