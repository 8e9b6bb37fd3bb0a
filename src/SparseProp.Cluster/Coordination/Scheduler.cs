using SparseProp.Execution;
using static SparseProp.Cluster.Coordination.SweepEffect;
using static SparseProp.Cluster.Coordination.SweepEvent;

namespace SparseProp.Cluster.Coordination;

/// <summary>
/// Decides which worker runs which point of which sweep, and when a point is done. A deterministic state machine: it has no clock,
/// timer, actor or file; the same events give the same effects.
/// </summary>
/// <remarks>
/// A point is recorded, being recorded, leased, or waiting (never granted, or given back). Execution is at least once: a point
/// may be leased twice after a lease ran out. Recording is exactly once: the store keeps the first result of a key, so the
/// machine hands it every result and only learns what became of it.
/// </remarks>
internal sealed partial class Scheduler(SchedulerOptions options, ProgramIdentity program, long epoch)
{
    private readonly Dictionary<string, SweepBook> _sweeps = [];
    private readonly Crew _crew = new();
    private readonly LeaseTable _leases = new();
    private long _lastLease;
    private long _arrivals;

    // When all sweeps of a coordinator's start were known, and when leasing may begin.
    private TimeSpan? _loaded;
    private TimeSpan _leasesFrom;
    private bool _hasBegun;
    private bool _workTurnedUp;

    // A worker in the line that has done a point: another may fit into its memory now.
    private CrewMember? _freed;

    /// <summary>Whether all sweeps of the coordinator's start are known: what is unknown stays so.</summary>
    public bool IsLoaded => _loaded is not null;

    public int Workers => _crew.Members.Count;

    public int Slots => _crew.Slots;

    /// <summary>Whether a worker has asked for work and waits for it to turn up.</summary>
    public bool HasIdleWorkers => _crew.Idle.Count > 0;

    public IReadOnlyCollection<CrewMember> Members => _crew.Members;

    public int LiveLeases => _leases.All.Count();

    public IEnumerable<LeasedPoints> Leases => LeaseTable.InOrder(_leases.All);

    public IReadOnlyCollection<SweepBook> Sweeps => _sweeps.Values;

    public SweepBook? Find(string sweep) => _sweeps.GetValueOrDefault(sweep);

    /// <summary>How far a sweep is; null where it is unknown.</summary>
    public SweepProgress? ProgressOf(string sweep) => Find(sweep)?.Progress(Workers, Slots);

    /// <summary>Whether a checkpoint of this point is worth keeping.</summary>
    public bool WantsCheckpoint(string sweep, long index) =>
        Find(sweep) is { } book && index >= 0 && index < book.Recorded.Capacity && book.IsOpen(index);

    /// <summary>Takes one event and adds what is to be done about it to <paramref name="effects"/>, in order.</summary>
    public void Apply(SweepEvent happened, ICollection<SweepEffect> effects)
    {
        switch (happened)
        {
            case SweepAdded added:
                OnSweepAdded(added, effects);
                break;
            case SweepsLoaded loaded:
                OnSweepsLoaded(loaded);
                break;
            case SweepPaused paused:
                Change(paused.Sweep, book => book.IsPaused = true);
                break;
            case SweepResumed resumed:
                Change(resumed.Sweep, Resume);
                break;
            case PriorityChanged changed:
                Change(changed.Sweep, book => book.Priority = changed.Priority);
                break;
            case SweepCancelled cancelled:
                OnSweepCancelled(cancelled, effects);
                break;
            case PointsReopened reopened:
                OnPointsReopened(reopened);
                break;
            case SweepRemoved removed:
                OnSweepRemoved(removed, effects);
                break;
            case WorkerJoined joined:
                OnWorkerJoined(joined, effects);
                break;
            case WorkRequested requested:
                OnWorkRequested(requested, effects);
                break;
            case LeasesHeld held:
                OnLeasesHeld(held, effects);
                break;
            case PointsReturned returned:
                OnPointsReturned(returned, effects);
                break;
            case WorkerLeaving leaving:
                OnWorkerLeaving(leaving);
                break;
            case WorkerDrained drained:
                OnWorkerDrained(drained);
                break;
            case WorkerResumed resumed:
                OnWorkerResumed(resumed);
                break;
            case WorkerLost lost:
                OnWorkerLost(lost, effects);
                break;
            case PointReported reported:
                OnPointReported(reported, effects);
                break;
            case PointRecorded recorded:
                OnPointRecorded(recorded, effects);
                break;
            case CheckpointSaved saved:
                OnCheckpointSaved(saved, effects);
                break;
            case TimePassed passed:
                OnTimePassed(passed, effects);
                break;
            default:
                throw new ArgumentException($"{happened.GetType().Name} is no event of a sweep.", nameof(happened));
        }

        GrantToIdleWorkers(happened.At, effects);
        if (happened is TimePassed)
        {
            CopyStragglers(happened.At, effects);
        }
    }

    private void OnCheckpointSaved(CheckpointSaved saved, ICollection<SweepEffect> effects)
    {
        if (Find(saved.Sweep) is not { } book || !book.IsOpen(saved.Index))
        {
            effects.Add(new ForgetCheckpoint(saved.Sweep, saved.Index));
            return;
        }

        book.ForgiveAll(saved.Index);
        if (book.Checkpoints.GetValueOrDefault(saved.Index).Generation <= saved.Checkpoint.Generation)
        {
            book.Checkpoints[saved.Index] = saved.Checkpoint;
        }
    }

    private void OnTimePassed(TimePassed passed, ICollection<SweepEffect> effects)
    {
        foreach (var lease in _leases.ExpiredAt(passed.At))
        {
            Expire(lease, effects);
        }

        GiveUpWhatFitsNowhere(passed.At, effects);

        // What a worker is kept free for may have gone elsewhere.
        _workTurnedUp |= _reservation is not null;
        if (!_hasBegun && HasBegun(passed.At))
        {
            _hasBegun = true;
            _workTurnedUp = true;
        }
    }

    private void Expire(LeasedPoints lease, ICollection<SweepEffect> effects)
    {
        var open = _leases.Remove(lease);
        GiveBack(lease, open);
        Unanswer(lease);
        lease.Worker.Lapsed.AddRange(open.Select(index => (lease.Sweep, index)));
        effects.Add(new Announce(lease.Sweep.Name, new SweepNotice.LeaseExpired(lease.Lease, lease.Worker.Name, open.Count)));
    }

    /// <summary>A lease is no more: a repeat of the request that it answered deserves another.</summary>
    private static void Unanswer(LeasedPoints lease)
    {
        if (lease.Worker.Answer == lease)
        {
            lease.Worker.Answer = null;
        }
    }

    /// <summary>Makes points of a lease that is no more wait again.</summary>
    private void GiveBack(LeasedPoints lease, IEnumerable<long> points)
    {
        var book = lease.Sweep;
        foreach (var index in points)
        {
            if (lease.Kind == LeaseKind.Verification)
            {
                book.Verification.GiveBack(index);
            }
            else
            {
                MakeWait(book, index);
            }
        }

        _workTurnedUp = true;
    }

    /// <summary>Makes a point wait again that someone has stopped to work on, unless another one does or it has its result.</summary>
    private void MakeWait(SweepBook book, long index)
    {
        if (!book.IsOpen(index) || book.IsLeased(index))
        {
            return;
        }

        _workTurnedUp = true;
        if (book.LossesOf(index) > 0)
        {
            book.Waiting.AddSuspect(index);
        }
        else
        {
            book.Waiting.Add(index);
        }
    }
}
