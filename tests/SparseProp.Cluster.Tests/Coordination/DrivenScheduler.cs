using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using static SparseProp.Cluster.Coordination.SweepEffect;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>The scheduler with a clock in hand, and the words of its workers and its store put in their mouths.</summary>
internal sealed class DrivenScheduler
{
    public static readonly ProgramIdentity Program = new(3, 1, "test");

    private readonly List<SweepEffect> _effects = [];
    private readonly Dictionary<string, long> _requests = [];

    public DrivenScheduler(SchedulerOptions? options = null, long epoch = 1, bool loaded = true)
    {
        Options = options ?? new SchedulerOptions();
        Scheduler = new Scheduler(Options, Program, epoch);
        if (loaded)
        {
            Apply(new SweepEvent.SweepsLoaded(Now));
        }
    }

    public SchedulerOptions Options { get; }

    public Scheduler Scheduler { get; }

    public TimeSpan Now { get; set; } = TimeSpan.FromMinutes(1);

    public static DrivenScheduler WithSweep(int points, SchedulerOptions? options = null)
    {
        var driven = new DrivenScheduler(options);
        driven.Add("s", ListedWorkload.Even(points));
        return driven;
    }

    public List<SweepEffect> Apply(SweepEvent happened)
    {
        _effects.Clear();
        Scheduler.Apply(happened, _effects);
        return [.. _effects];
    }

    public List<SweepEffect> Add(string sweep, IWorkload work, int priority = 0, double verify = 0, params long[] recorded)
    {
        var points = new PointSet(work.Points);
        foreach (var index in recorded)
        {
            points.Add(index);
        }

        return Apply(new SweepEvent.SweepAdded(
            Now, sweep, work, new SweepStart { Recorded = new(points, null), Priority = priority, VerifyShare = verify }));
    }

    public List<SweepEffect> Join(string worker, int slots = 1, long memory = 1000, params WorkProtocol.HeldLease[] held) =>
        Apply(new SweepEvent.WorkerJoined(Now, new WorkerIdentity(worker, "host", slots, memory, Program), held));

    /// <summary>A worker asks anew.</summary>
    public List<SweepEffect> Ask(string worker)
    {
        if (Scheduler.Members.All(member => member.Name != worker))
        {
            Join(worker);
        }

        return Request(worker, _requests[worker] = _requests.GetValueOrDefault(worker) + 1);
    }

    public List<SweepEffect> Request(string worker, long request) => Apply(new SweepEvent.WorkRequested(Now, worker, request));

    /// <summary>A worker asks anew, and is granted something.</summary>
    public Grant Grant(string worker) => Assert.Single(Ask(worker).OfType<Grant>());

    public List<SweepEffect> Report(Grant grant, long index) => Report(grant, Points.Ok(index));

    public List<SweepEffect> Report(Grant grant, PointRecord record) =>
        Apply(new SweepEvent.PointReported(Now, grant.Worker, grant.Lease, grant.Sweep, record));

    /// <summary>The store has synced all that these effects hand to it.</summary>
    public List<SweepEffect> Sync(IEnumerable<SweepEffect> effects, RecordOutcome outcome = RecordOutcome.Recorded) =>
    [
        .. effects.SelectMany(effect => effect switch
        {
            SweepEffect.Record record => Apply(new SweepEvent.PointRecorded(
                Now, record.Sweep, record.Point.Index, outcome, record.Point.Status == PointStatus.Failed, record.Source)),
            GiveUp giveUp => Apply(new SweepEvent.PointRecorded(Now, giveUp.Sweep, giveUp.Index, outcome, Failed: true, Source: null)),
            _ => [],
        }),
    ];

    /// <summary>A worker does a point, and the store syncs it.</summary>
    public List<SweepEffect> Do(Grant grant, long index, RecordOutcome outcome = RecordOutcome.Recorded) =>
        Report(grant, index) is var reported ? [.. reported, .. Sync(reported, outcome)] : [];

    public List<SweepEffect> DoAll(Grant grant) => [.. grant.Points.SelectMany(point => Do(grant, point.Index))];

    public List<SweepEffect> Lose(string worker) => Apply(new SweepEvent.WorkerLost(Now, worker));

    public List<SweepEffect> Drain(string worker) => Apply(new SweepEvent.WorkerDrained(Now, worker));

    public List<SweepEffect> Resume(string worker) => Apply(new SweepEvent.WorkerResumed(Now, worker));

    public List<SweepEffect> Hold(string worker, params WorkProtocol.HeldLease[] held) => Apply(new SweepEvent.LeasesHeld(Now, worker, held));

    public List<SweepEffect> Return(Grant grant, params long[] points) =>
        Apply(new SweepEvent.PointsReturned(Now, grant.Worker, grant.Lease, points));

    public List<SweepEffect> Save(long index, long generation, string sweep = "s") =>
        Apply(new SweepEvent.CheckpointSaved(Now, sweep, index, new CheckpointMark(generation, 100)));

    /// <summary>Lets time pass. Workers say what they hold, so that no lease runs out meanwhile.</summary>
    public List<SweepEffect> Pass(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        foreach (var member in Scheduler.Members.ToList())
        {
            Hold(member.Name, [.. member.Leases.Select(Held)]);
        }

        return Tick();
    }

    /// <summary>Lets time pass without a sign of life from anyone.</summary>
    public List<SweepEffect> PassInSilence(TimeSpan time)
    {
        Now += time;
        return Tick();
    }

    public List<SweepEffect> Tick() => Apply(new SweepEvent.TimePassed(Now));

    public SweepBook Book(string sweep = "s") => Scheduler.Find(sweep)!;

    public static WorkProtocol.HeldLease Held(Grant grant) =>
        new(grant.Lease, grant.Sweep, [.. grant.Points.Select(point => point.Index)]);

    private static WorkProtocol.HeldLease Held(LeasedPoints lease) => new(lease.Lease, lease.Sweep.Name, [.. lease.Open.Keys]);
}
