using System.Diagnostics.Metrics;
using SparseProp.Results.Texts;

namespace SparseProp.Cluster.Metrics;

/// <summary>
/// What a process's coordinator measures. It is told by the coordinator, one call at a time, except where a method says otherwise; the
/// instruments, read by any thread, show what was published last.
/// </summary>
internal sealed class CoordinatorMetrics : IDisposable
{
    public const string MeterName = "SparseProp.Cluster";

    // Seconds: from a disk with a battery to one in trouble.
    private static readonly double[] SyncBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly CoordinatorTally _tally;
    private readonly Histogram<double> _sync;
    private CoordinatorCounts _published = CoordinatorCounts.None;

    /// <param name="meter">Whose instruments these become.</param>
    /// <param name="clock">Tells how long a sweep or worker is gone.</param>
    /// <param name="certificates">When certificates expire, by their kind; called by any thread. Null where there are none.</param>
    public CoordinatorMetrics(Meter meter, TimeProvider clock, Func<IReadOnlyList<(string Certificate, DateTimeOffset End)>>? certificates = null)
    {
        Meter = meter;
        _tally = new CoordinatorTally(clock);
        _sync = meter.CreateHistogram(
            "sparseprop.store.sync",
            "s",
            "Time that a group of records takes to reach the disk.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = SyncBuckets });
        AddGauges();
        AddCounters();
        if (certificates is not null)
        {
            meter.CreateObservableGauge(
                "sparseprop.certificate.expiry",
                () => certificates().Select(end => Of(end.End.ToUnixTimeSeconds(), ("certificate", end.Certificate))),
                "s",
                "When a certificate expires, in seconds since 1970: this process's own, its authority's, and the earliest that other nodes have shown.");
        }
    }

    public Meter Meter { get; }

    private CoordinatorCounts Published => Volatile.Read(ref _published);

    /// <summary>A group of records has reached the disk. Called by any thread.</summary>
    public void OnSynced(TimeSpan took) => _sync.Record(took.TotalSeconds);

    /// <inheritdoc cref="CoordinatorTally.AddExpiry"/>
    public void OnLeaseExpired() => _tally.AddExpiry();

    /// <inheritdoc cref="CoordinatorTally.AddLostWorker"/>
    public void OnWorkerLost() => _tally.AddLostWorker();

    /// <inheritdoc cref="CoordinatorTally.AddDivergent"/>
    public void OnDivergent() => _tally.AddDivergent();

    /// <inheritdoc cref="CoordinatorTally.AddRecorded"/>
    public void OnRecorded(string sweep, bool failed) => _tally.AddRecorded(sweep, failed);

    /// <inheritdoc cref="CoordinatorTally.AddWork"/>
    public void OnWorkRecorded(string worker, double cpuSeconds, long synapticEvents) =>
        _tally.AddWork(worker, cpuSeconds, synapticEvents);

    /// <inheritdoc cref="CoordinatorTally.End"/>
    public void OnEnded(SweepFigures last) => _tally.End(last);

    /// <summary>Shows how things stand.</summary>
    public void Publish(ClusterFigures now) => Volatile.Write(ref _published, _tally.Count(now));

    /// <summary>There is no active coordinator in this process any more: of what stands with it, only the counts remain.</summary>
    public void OnStopped() => Volatile.Write(ref _published, _tally.Count(null));

    public void Dispose() => Meter.Dispose();

    private void AddGauges()
    {
        Meter.CreateObservableGauge(
            "sparseprop.coordinator.active",
            () => Published.Now is null ? 0 : 1,
            description: "1 where this process's coordinator has the stores, 0 where it stands by.");
        Meter.CreateObservableGauge(
            "sparseprop.coordinator.epoch",
            () => Published.Now?.Epoch ?? 0,
            description: "Counts the coordinators that the stores have had; 0 where this one stands by.");
        Meter.CreateObservableGauge(
            "sparseprop.points",
            () => Sweeps().SelectMany(PointsOf),
            description: "Points of a sweep by what they do; divergent are second results, which count beside the first.");
        Meter.CreateObservableGauge(
            "sparseprop.queue.depth",
            () => Sweeps().Select(sweep => Of(sweep.IsLeasing ? sweep.Waiting : 0, ("sweep", sweep.Name))),
            description: "Points that wait for a worker; 0 where the sweep is paused, cancelled or over.");
        Meter.CreateObservableGauge(
            "sparseprop.sweep.stuck",
            () => Sweeps().Select(sweep => Of(sweep.IsStuck ? 1L : 0, ("sweep", sweep.Name))),
            description: "1 where a sweep cannot go on by itself.");
        Meter.CreateObservableGauge(
            "sparseprop.leases", () => Published.Now?.Leases ?? 0, description: "Live leases.");
        Meter.CreateObservableGauge(
            "sparseprop.workers",
            () => Enum.GetValues<WorkerState>().Select(state => Of(
                Published.Now?.Workers.Count(worker => worker.State == state) ?? 0L, ("state", NameOf(state)))),
            description: "Workers by what they do.");
        Meter.CreateObservableGauge(
            "sparseprop.worker.slots",
            () => (Published.Now?.Workers ?? []).Select(worker => Of((long)worker.Slots, ("worker", worker.Name))),
            description: "Engines that a worker runs at once.");
    }

    private void AddCounters()
    {
        Meter.CreateObservableCounter(
            "sparseprop.lease.expiries", () => Published.LeaseExpiries, description: "Leases that ran out without a sign of their worker.");
        Meter.CreateObservableCounter(
            "sparseprop.workers.lost", () => Published.LostWorkers, description: "Workers that were out of reach for too long, or died.");
        Meter.CreateObservableCounter(
            "sparseprop.points.recorded",
            () => Published.Recorded.Select(sweep => Of(sweep.Points, ("sweep", sweep.Sweep))),
            description: "Points recorded, failed ones included.");
        Meter.CreateObservableCounter("sparseprop.points.failed", () => Published.Failed, description: "Points recorded as failed.");
        Meter.CreateObservableCounter(
            "sparseprop.points.divergent", () => Published.Divergent, description: "Second results that contradict the first.");
        Meter.CreateObservableCounter(
            "sparseprop.engine.cpu",
            () => Published.Work.Select(work => Of(work.CpuSeconds, ("worker", work.Worker))),
            "s",
            "CPU time of the event loops of recorded points.");
        Meter.CreateObservableCounter(
            "sparseprop.synaptic.events",
            () => Published.Work.Select(work => Of(work.SynapticEvents, ("worker", work.Worker))),
            description: "Synaptic events of recorded points.");
    }

    /// <summary>The sweeps that run, and those that have ended lately.</summary>
    private IEnumerable<SweepFigures> Sweeps() => Published is { Now: { } now } published ? [.. now.Sweeps, .. published.Ended] : [];

    private static IEnumerable<Measurement<long>> PointsOf(SweepFigures sweep) =>
    [
        Of(sweep.Waiting, ("sweep", sweep.Name), ("state", "waiting")),
        Of(sweep.Leased, ("sweep", sweep.Name), ("state", "leased")),
        Of(sweep.Recorded, ("sweep", sweep.Name), ("state", "recorded")),
        Of(sweep.Failed, ("sweep", sweep.Name), ("state", "failed")),
        Of(sweep.Divergent, ("sweep", sweep.Name), ("state", "divergent")),
    ];

    private static string NameOf(WorkerState state) => state switch
    {
        WorkerState.Working => "working",
        WorkerState.Idle => "idle",
        WorkerState.Drained => "drained",
        WorkerState.Leaving => "leaving",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static Measurement<T> Of<T>(T value, params ReadOnlySpan<(string Name, string Value)> labels)
        where T : struct
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new(labels[i].Name, VisibleText.Line(labels[i].Value));
        }

        return new Measurement<T>(value, tags);
    }
}
