using SparseProp.Cluster.Protocol;
using SparseProp.Results;
using static SparseProp.Cluster.Coordination.SweepEffect;
using static SparseProp.Cluster.Coordination.SweepEvent;

namespace SparseProp.Cluster.Coordination;

/// <summary>
/// Decides which worker runs which point of a sweep, and when a point is done. A deterministic state machine: it has no clock,
/// timer, actor or file; the same events give the same effects.
/// </summary>
/// <remarks>
/// A point is recorded, being recorded, leased, or waiting (never granted, or given back). Execution is at least once: a point
/// may be leased twice after a lease ran out. Recording is exactly once: the store keeps the first result of a key, so the
/// machine hands it every result and only learns what became of it.
/// </remarks>
internal sealed class SweepMachine
{
    private readonly SweepMachineOptions _options;
    private readonly PointSet _recorded;
    private readonly HashSet<long> _recording = [];
    private readonly WaitingPoints _waiting;
    private readonly LeaseTable _leases = new();
    private readonly Dictionary<long, int> _attempts = [];
    private readonly Dictionary<long, int> _losses = [];
    private readonly Crew _crew = new();
    private readonly LeaseSizer _sizer;
    private readonly long _epoch;
    private readonly Func<long, double> _workOf;
    private readonly double _work;
    private long _lastLease;
    private long _failed;
    private double _workDone;
    private bool _finished;

    /// <param name="options">The rules.</param>
    /// <param name="epoch">The coordinator's epoch, part of every lease.</param>
    /// <param name="recorded">The points that the store holds already; the machine goes on with this set.</param>
    /// <param name="workOf">The estimated work of a point, in synaptic events.</param>
    /// <param name="work">The estimated work of all points.</param>
    public SweepMachine(SweepMachineOptions options, long epoch, RecordedPoints recorded, Func<long, double> workOf, double work)
    {
        _options = options;
        _epoch = epoch;
        _recorded = recorded.Points;
        _failed = recorded.Failed;
        _workDone = recorded.Work;
        _work = work;
        _workOf = workOf;
        _waiting = new WaitingPoints(_recorded, _recording);
        _sizer = new LeaseSizer(options, workOf);
    }

    public SweepProgress Progress =>
        new(
            _recorded.Capacity,
            _recorded.Count,
            _failed,
            _leases.OpenPoints,
            _crew.Count,
            _crew.Slots,
            _recorded.Count == _recorded.Capacity ? 1 : Math.Min(1, _workDone / _work));

    /// <summary>Takes one event and adds what is to be done about it to <paramref name="effects"/>, in order.</summary>
    public void Apply(SweepEvent happened, ICollection<SweepEffect> effects)
    {
        switch (happened)
        {
            case WorkRequested requested:
                OnWorkRequested(requested, effects);
                break;
            case LeasesHeld held:
                OnLeasesHeld(held);
                break;
            case LeaseReturned returned:
                GiveBack(_leases.Remove(returned.Lease));
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
            case TimePassed passed:
                OnTimePassed(passed, effects);
                break;
            default:
                throw new ArgumentException($"{happened.GetType().Name} is no event of a sweep.", nameof(happened));
        }

        GrantToIdleWorkers(happened.At, effects);
        FinishOnce(effects);
    }

    private void OnWorkRequested(WorkRequested requested, ICollection<SweepEffect> effects)
    {
        var worker = _crew.Greet(requested.Worker, requested.Slots);
        if (requested.Request < worker.LastRequest)
        {
            return;
        }

        if (requested.Request == worker.LastRequest && worker.Answer is { } answer)
        {
            AnswerAgain(worker, answer, effects);
            return;
        }

        worker.LastRequest = requested.Request;
        worker.Answer = null;
        if (!TryGrant(worker, requested.At, effects))
        {
            _crew.LineUp(worker);
            effects.Add(new Hold(worker.Name, requested.Request));
        }
    }

    private void AnswerAgain(CrewMember worker, Lease answer, ICollection<SweepEffect> effects)
    {
        // A lease whose points were all reported has arrived: there is nothing left to say.
        if (_leases.Find(answer) is not { } live)
        {
            return;
        }

        var open = live.Open.Where(IsOpen).Order().Select(Granted).ToList();
        if (open.Count > 0)
        {
            effects.Add(new Grant(worker.Name, worker.LastRequest, answer, open));
        }
        else
        {
            // Others have done what it was about.
            _leases.Remove(answer);
            worker.Answer = null;
            _crew.LineUp(worker);
        }
    }

    private void OnLeasesHeld(LeasesHeld held)
    {
        foreach (var lease in held.Leases)
        {
            if (_leases.Find(lease) is { } live && live.Worker == held.Worker)
            {
                live.Deadline = held.At + _options.LeaseTime;
            }
        }
    }

    private void OnWorkerLost(WorkerLost lost, ICollection<SweepEffect> effects)
    {
        if (!_crew.Dismiss(lost.Worker))
        {
            return;
        }

        var open = 0;
        foreach (var lease in _leases.HeldBy(lost.Worker))
        {
            _leases.Remove(lease.Lease);
            open += lease.Open.Count;
            foreach (var index in lease.Open.Order())
            {
                Suspect(index, lost.Worker, effects);
            }
        }

        effects.Add(new Announce(new SweepNotice.WorkerGone(lost.Worker, open)));
    }

    private void Suspect(long index, string worker, ICollection<SweepEffect> effects)
    {
        var losses = _losses[index] = _losses.GetValueOrDefault(index) + 1;
        if (losses < _options.MostWorkerLosses)
        {
            _waiting.AddSuspect(index);
        }
        else if (!_recorded.Contains(index) && _recording.Add(index))
        {
            var message = $"{losses} workers were lost while they held this point, the last was {worker}";
            effects.Add(new GiveUp(index, new PointFailure { Kind = "worker-lost", Message = message, Attempts = losses }));
        }
    }

    private void OnPointReported(PointReported reported, ICollection<SweepEffect> effects)
    {
        var source = new ReportSource(reported.Worker, reported.Lease);
        var index = reported.Record.Index;
        _leases.Close(reported.Lease, index);
        if (reported.Record.Failure is { } failure)
        {
            OnFailureReported(index, failure, reported, source, effects);
            return;
        }

        if (reported.Record.Cost is { } cost)
        {
            _sizer.Learn(index, cost.WallSeconds);
        }

        _recording.Add(index);
        effects.Add(new Record(reported.Record, source));
    }

    private void OnFailureReported(
        long index, PointFailure failure, PointReported reported, ReportSource source, ICollection<SweepEffect> effects)
    {
        // A repeated report is no new attempt, and a recorded point needs none.
        var known = _attempts.GetValueOrDefault(index);
        if (failure.Attempts <= known || !IsOpen(index))
        {
            effects.Add(new Acknowledge(source, index));
            return;
        }

        _attempts[index] = failure.Attempts;
        if (failure.Attempts < _options.MostAttempts)
        {
            _waiting.Add(index);
            effects.Add(new Acknowledge(source, index));
            effects.Add(new Announce(new SweepNotice.PointRetried(index, failure.Attempts, failure.Message)));
            return;
        }

        _recording.Add(index);
        effects.Add(new Announce(new SweepNotice.PointFailed(index, failure.Attempts, failure.Message)));
        effects.Add(new Record(reported.Record, source));
    }

    private void OnPointRecorded(PointRecorded recorded, ICollection<SweepEffect> effects)
    {
        _recording.Remove(recorded.Index);
        _attempts.Remove(recorded.Index);
        _losses.Remove(recorded.Index);
        if (_recorded.Add(recorded.Index))
        {
            _failed += recorded.Failed ? 1 : 0;
            _workDone += _workOf(recorded.Index);
        }

        if (recorded.Source is not { } source)
        {
            return;
        }

        effects.Add(new Acknowledge(source, recorded.Index));
        if (recorded.Outcome == RecordOutcome.Divergent)
        {
            effects.Add(new Announce(new SweepNotice.PointDiverged(recorded.Index, source.Worker)));
        }
    }

    private void OnTimePassed(TimePassed passed, ICollection<SweepEffect> effects)
    {
        foreach (var lease in _leases.ExpiredAt(passed.At))
        {
            GiveBack(_leases.Remove(lease.Lease));
            _crew.Forget(lease.Worker, lease.Lease);
            effects.Add(new Announce(new SweepNotice.LeaseExpired(lease.Lease, lease.Worker, lease.Open.Count)));
        }
    }

    private void GiveBack(LeasedPoints? lease)
    {
        foreach (var index in lease?.Open.Order() ?? Enumerable.Empty<long>())
        {
            _waiting.Add(index);
        }
    }

    private void GrantToIdleWorkers(TimeSpan now, ICollection<SweepEffect> effects)
    {
        while (_crew.TryPeekIdle(out var worker) && TryGrant(worker, now, effects))
        {
            // The next in line may have work, too.
        }
    }

    private bool TryGrant(CrewMember worker, TimeSpan now, ICollection<SweepEffect> effects)
    {
        var unleased = _recorded.Capacity - _recorded.Count - _recording.Count - _leases.OpenPoints;
        var points = _sizer.Take(_waiting, unleased, worker.Slots, _crew.Slots);
        if (points.Count == 0)
        {
            return false;
        }

        var lease = new Lease(_epoch, ++_lastLease);
        _leases.Add(new LeasedPoints(lease, worker.Name, now + _options.LeaseTime, points));
        worker.Answer = lease;
        worker.IsIdle = false;
        effects.Add(new Grant(worker.Name, worker.LastRequest, lease, [.. points.Select(Granted)]));
        return true;
    }

    private bool IsOpen(long index) => !_recorded.Contains(index) && !_recording.Contains(index);

    private GrantedIndex Granted(long index) => new(index, _attempts.GetValueOrDefault(index));

    private void FinishOnce(ICollection<SweepEffect> effects)
    {
        if (!_finished && _recorded.Count == _recorded.Capacity)
        {
            _finished = true;
            effects.Add(new Finish());
        }
    }
}
