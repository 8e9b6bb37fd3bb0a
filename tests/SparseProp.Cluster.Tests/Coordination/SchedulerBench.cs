using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;
using SparseProp.Results;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>A scheduler under test, in the words of what happens around it.</summary>
internal sealed class SchedulerBench
{
    public const string Sweep = "sweep";

    public static readonly ProgramIdentity Program = new(3, 2, "1.0");

    private readonly List<SweepEffect> _effects = [];
    private readonly Dictionary<string, long> _requests = [];

    public SchedulerBench(SchedulerOptions? options = null, long epoch = 1, bool loaded = true)
    {
        Scheduler = new Scheduler(options ?? new(), Program, epoch);
        if (loaded)
        {
            Apply(new SweepEvent.SweepsLoaded(Now));
        }
    }

    public Scheduler Scheduler { get; }

    public TimeSpan Now { get; set; } = TimeSpan.FromMinutes(1);

    public IReadOnlyList<SweepEffect> Apply(SweepEvent happened)
    {
        _effects.Clear();
        Scheduler.Apply(happened, _effects);
        return [.. _effects];
    }

    public IReadOnlyList<SweepEffect> Add(IWorkload work, string name = Sweep, int priority = 0, double verify = 0) =>
        Apply(new SweepEvent.SweepAdded(Now, name, work, new SweepStart
        {
            Recorded = new RecordedPoints(new PointSet(work.Points), 0),
            Priority = priority,
            VerifyShare = verify,
        }));

    public IReadOnlyList<SweepEffect> Join(
        string worker, int slots = 1, long memory = 1000, WorkProtocol.HeldLease[]? held = null, ProgramIdentity? program = null) =>
        Apply(new SweepEvent.WorkerJoined(Now, new WorkerIdentity(worker, "host", slots, memory, program ?? Program), held ?? []));

    /// <summary>Asks for work.</summary>
    public IReadOnlyList<SweepEffect> Ask(string worker) =>
        Apply(new SweepEvent.WorkRequested(Now, worker, _requests[worker] = _requests.GetValueOrDefault(worker) + 1));

    public IReadOnlyList<SweepEffect> AskAgain(string worker) =>
        Apply(new SweepEvent.WorkRequested(Now, worker, _requests[worker]));

    /// <summary>Asks for work and gets it.</summary>
    public SweepEffect.Grant Granted(string worker) => Assert.Single(Ask(worker).OfType<SweepEffect.Grant>());

    public IReadOnlyList<SweepEffect> Report(SweepEffect.Grant grant, PointRecord record) =>
        Apply(new SweepEvent.PointReported(Now, grant.Worker, grant.Lease, grant.Sweep, record));

    /// <summary>Reports a result and sees it recorded.</summary>
    public IReadOnlyList<SweepEffect> Finish(SweepEffect.Grant grant, long index, RecordOutcome outcome = RecordOutcome.Recorded)
    {
        var record = Assert.Single(Report(grant, Points.Ok(index)).OfType<SweepEffect.Record>());
        return Apply(new SweepEvent.PointRecorded(Now, grant.Sweep, index, outcome, Failed: false, record.Source));
    }

    public void FinishAll(SweepEffect.Grant grant)
    {
        foreach (var point in grant.Points)
        {
            Finish(grant, point.Index);
        }
    }

    public IReadOnlyList<SweepEffect> Pass(TimeSpan time)
    {
        Now += time;
        return Apply(new SweepEvent.TimePassed(Now));
    }

    public static WorkProtocol.HeldLease Held(SweepEffect.Grant grant) =>
        new(grant.Lease, grant.Sweep, [.. grant.Points.Select(point => point.Index)]);
}
