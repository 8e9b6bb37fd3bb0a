using System.Diagnostics;
using System.Globalization;
using SparseProp.Cluster.Coordination;
using SparseProp.Engine;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Benchmarks;

/// <summary>
/// Points of no work through the scheduler alone: workers that answer at once, a store that forgets at once. Says how many points per
/// second, what they allocate, and what the scheduler keeps in memory half way.
/// </summary>
internal sealed class SchedulerThroughput
{
    private const string Sweep = "s";

    private static readonly PointRecord Report = new()
    {
        Key = default,
        Index = 0,
        Status = PointStatus.Ok,
        Parameters = new SimulationParameters { N = 2, K = 1, Stop = RunLength.Spikes(1) },
        Cost = new PointCost { WallSeconds = 1e-6, CpuSeconds = 1e-6, SetupSeconds = 0, Host = "host", BusySlots = 1, Contended = false },
        FinishedUtc = DateTimeOffset.UnixEpoch,
        EngineVersion = EngineVersion.Semantic,
    };

    private readonly Scheduler _scheduler = new(new SchedulerOptions(), ProgramIdentity.Own, epoch: 1);
    private readonly List<SweepEffect> _effects = [];
    private readonly Queue<SweepEffect.Grant> _grants = new();
    private readonly Dictionary<string, long> _requests = [];
    private TimeSpan _now;
    private long _allocated;
    private long _leases;
    private bool _isFinished;

    /// <summary>--points N (a million) --workers N (a thousand) --slots N (1).</summary>
    public static int Run(string[] options)
    {
        var points = (long)Option(options, "--points", 1e6);
        var workers = (int)Option(options, "--workers", 1000);
        var slots = (int)Option(options, "--slots", 1);
        new SchedulerThroughput().Measure(Math.Min(points, 100_000), workers, slots, isWarm: false);
        new SchedulerThroughput().Measure(points, workers, slots, isWarm: true);
        return 0;
    }

    internal static double Option(string[] options, string name, double otherwise) =>
        Array.IndexOf(options, name) is var place && place >= 0 && place + 1 < options.Length
            ? double.Parse(options[place + 1], NumberStyles.Float, CultureInfo.InvariantCulture)
            : otherwise;

    private void Measure(long points, int workers, int slots, bool isWarm)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        Begin(points, workers, slots);
        var accepted = Stopwatch.GetElapsedTime(started);
        _allocated = 0;
        started = Stopwatch.GetTimestamp();
        var aside = TimeSpan.Zero;
        var kept = 0L;
        for (var done = 0L; _grants.TryDequeue(out var grant); done += grant.Points.Count)
        {
            if (kept == 0 && done >= points / 2)
            {
                var paused = Stopwatch.GetTimestamp();
                kept = GC.GetTotalMemory(forceFullCollection: true) - before;
                aside = Stopwatch.GetElapsedTime(paused);
            }

            Work(grant);
        }

        var seconds = (Stopwatch.GetElapsedTime(started) - aside).TotalSeconds;
        if (!_isFinished)
        {
            throw new InvalidOperationException("The sweep did not end.");
        }

        if (isWarm)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                points                    {points}
                workers                   {workers} of {slots} slots
                leases                    {_leases}
                accepted in               {accepted.TotalMilliseconds:0.0} ms
                points per second         {points / seconds:0}
                allocated per point       {(double)_allocated / points:0} B in the scheduler
                live memory half way      {kept / 1e6:0.00} MB
                """));
        }
    }

    private void Begin(long points, int workers, int slots)
    {
        var recorded = new RecordedPoints(new PointSet(points), null);
        Apply(new SweepEvent.SweepAdded(_now, Sweep, new EvenWorkload(points), new SweepStart { Recorded = recorded }));
        Apply(new SweepEvent.SweepsLoaded(_now));
        for (var number = 0; number < workers; number++)
        {
            var name = $"w{number}";
            Apply(new SweepEvent.WorkerJoined(_now, new WorkerIdentity(name, name, slots, 1L << 40, ProgramIdentity.Own), []));
            Ask(name);
        }
    }

    /// <summary>A worker does its points, asks for the next before the last report, and the store syncs each.</summary>
    private void Work(SweepEffect.Grant grant)
    {
        _now += TimeSpan.FromMicroseconds(10);
        for (var place = 0; place < grant.Points.Count; place++)
        {
            if (place == grant.Points.Count - 1)
            {
                Ask(grant.Worker);
            }

            var record = Report with { Index = grant.Points[place].Index };
            Apply(new SweepEvent.PointReported(_now, grant.Worker, grant.Lease, Sweep, record));
        }

        if (_leases % 1000 == 0)
        {
            Apply(new SweepEvent.TimePassed(_now));
        }
    }

    private void Ask(string worker) => Apply(new SweepEvent.WorkRequested(
        _now, worker, _requests[worker] = _requests.GetValueOrDefault(worker) + 1));

    private void Apply(SweepEvent happened)
    {
        _effects.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        _scheduler.Apply(happened, _effects);
        _allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        for (var i = 0; i < _effects.Count; i++)
        {
            switch (_effects[i])
            {
                case SweepEffect.Grant grant:
                    _leases++;
                    _grants.Enqueue(grant);
                    break;
                case SweepEffect.Record record:
                    Apply(new SweepEvent.PointRecorded(
                        _now, Sweep, record.Point.Index, RecordOutcome.Recorded, Failed: false, record.Source));
                    return;
                case SweepEffect.Finish:
                    _isFinished = true;
                    break;
                default:
                    break;
            }
        }
    }
}
