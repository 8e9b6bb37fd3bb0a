using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>A worker as the protocol describes it, in the simplest way.</summary>
internal sealed class SimulatedWorker(string name, int slots, long memory)
{
    private readonly List<(Lease Lease, string Sweep, GrantedIndex Point)> _desk = [];
    private readonly Dictionary<(Lease, long), SweepEvent.PointReported> _unacknowledged = [];
    private long _request;
    private bool _isWelcome;
    private bool _isAsking;

    public string Name { get; } = name;

    public int Slots { get; } = slots;

    public long Memory { get; } = memory;

    /// <summary>Whether no message reaches it or leaves it.</summary>
    public bool IsCutOff { get; set; }

    private WorkProtocol.HeldLease[] Held =>
        [.. _desk.GroupBy(work => (work.Lease, work.Sweep))
            .Select(lease => new WorkProtocol.HeldLease(lease.Key.Lease, lease.Key.Sweep, [.. lease.Select(work => work.Point.Index)]))];

    public IEnumerable<SweepEvent> Speak(TimeSpan now)
    {
        if (!_isWelcome)
        {
            yield return new SweepEvent.WorkerJoined(
                now, new WorkerIdentity(Name, "host", Slots, Memory, DrivenScheduler.Program), Held);
            yield break;
        }

        if (_desk.Count > 0)
        {
            yield return new SweepEvent.LeasesHeld(now, Name, Held);
        }

        if (_isAsking || _desk.Count < Slots)
        {
            _request += _isAsking ? 0 : 1;
            _isAsking = true;
            yield return new SweepEvent.WorkRequested(now, Name, _request);
        }
    }

    public SweepEvent? Receive(SweepEffect message, TimeSpan now)
    {
        switch (message)
        {
            case SweepEffect.Welcome:
                _isWelcome = true;
                return null;
            case SweepEffect.Introduce:
                _isWelcome = false;
                return null;
            case SweepEffect.Grant grant:
                return Receive(grant, now);
            case SweepEffect.Withdraw withdraw:
                _desk.RemoveAll(work => work.Lease == withdraw.Lease && withdraw.Points.Contains(work.Point.Index));
                return null;
            case SweepEffect.Acknowledge acknowledge:
                _unacknowledged.Remove((acknowledge.Source.Lease, acknowledge.Source.Index));
                return null;
            default:
                return null;
        }
    }

    /// <summary>Ends one of the points that run.</summary>
    public SweepEvent? FinishOne(TimeSpan now, int pick, Func<long, bool> fails)
    {
        var running = Running();
        if (running == 0)
        {
            return null;
        }

        var (lease, sweep, point) = _desk[pick % running];
        _desk.RemoveAt(pick % running);
        var record = fails(point.Index) ? Points.Failed(point.Index, point.Attempt + 1) : Points.Ok(point.Index, digest: (UInt128)point.Index);
        return _unacknowledged[(lease, point.Index)] = new SweepEvent.PointReported(now, Name, lease, sweep, record);
    }

    /// <summary>Saves one of the points that run.</summary>
    public SweepEvent.CheckpointSaved? Save(TimeSpan now, int pick)
    {
        var running = Running();
        if (running == 0)
        {
            return null;
        }

        var place = pick % running;
        var (lease, sweep, point) = _desk[place];
        var mark = new CheckpointMark(point.Checkpoint.Generation + 1, 100);
        _desk[place] = (lease, sweep, point with { Checkpoint = mark });
        return new SweepEvent.CheckpointSaved(now, sweep, point.Index, mark);
    }

    /// <summary>Hands back what it holds, and goes. Its reports are acknowledged, or lost with it.</summary>
    public IEnumerable<SweepEvent> Leave(TimeSpan now) =>
    [
        new SweepEvent.WorkerLeaving(now, Name),
        .. Held.Select(held => new SweepEvent.PointsReturned(now, Name, held.Lease, held.Points)),
    ];

    public List<SweepEvent> Resend(TimeSpan now) => [.. _unacknowledged.Values.Select(report => report with { At = now })];

    private SweepEvent.PointsReturned? Receive(SweepEffect.Grant grant, TimeSpan now)
    {
        if (_desk.Exists(work => work.Lease == grant.Lease) || _unacknowledged.Keys.Any(key => key.Item1 == grant.Lease))
        {
            return null;
        }

        if (!_isAsking || grant.Request != _request)
        {
            return new SweepEvent.PointsReturned(now, Name, grant.Lease, [.. grant.Points.Select(point => point.Index)]);
        }

        _isAsking = false;
        _desk.AddRange(grant.Points.Select(point => (grant.Lease, grant.Sweep, point)));
        return null;
    }

    /// <summary>How many points of the desk run: as many as there are slots, and memory for.</summary>
    private int Running()
    {
        var (running, claimed) = (0, 0L);
        while (running < Math.Min(Slots, _desk.Count)
            && (running == 0 || claimed + _desk[running].Point.MemoryBytes <= Memory))
        {
            claimed += _desk[running++].Point.MemoryBytes;
        }

        return running;
    }
}
