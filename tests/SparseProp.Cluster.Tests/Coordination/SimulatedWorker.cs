using SparseProp.Cluster.Coordination;
using SparseProp.Cluster.Protocol;

namespace SparseProp.Cluster.Tests.Coordination;

/// <summary>A worker as the protocol describes it, in the simplest way.</summary>
internal sealed class SimulatedWorker(string name)
{
    private readonly List<(Lease Lease, GrantedIndex Point)> _desk = [];
    private readonly Dictionary<(Lease, long), SweepEvent.PointReported> _unacknowledged = [];
    private long _request;
    private bool _asking;

    public string Name { get; } = name;

    public SweepEvent? Ask(TimeSpan now)
    {
        if (_desk.Count > 0)
        {
            return new SweepEvent.LeasesHeld(now, Name, [.. _desk.Select(work => work.Lease).Distinct()]);
        }

        if (!_asking)
        {
            _asking = true;
            _request++;
        }

        return new SweepEvent.WorkRequested(now, Name, _request, Slots: 1);
    }

    /// <returns>The lease handed back, if the grant answers nothing that is asked.</returns>
    public SweepEvent? Receive(SweepEffect.Grant grant, TimeSpan now)
    {
        if (_asking && grant.Request == _request)
        {
            _asking = false;
            _desk.AddRange(grant.Points.Select(point => (grant.Lease, point)));
            return null;
        }

        var known = _desk.Exists(work => work.Lease == grant.Lease) || _unacknowledged.Keys.Any(key => key.Item1 == grant.Lease);
        return known ? null : new SweepEvent.LeaseReturned(now, Name, grant.Lease);
    }

    public SweepEvent? FinishOne(TimeSpan now, IReadOnlySet<long> failing)
    {
        if (_desk.Count == 0)
        {
            return null;
        }

        var (lease, point) = _desk[0];
        _desk.RemoveAt(0);
        var record = failing.Contains(point.Index) ? Points.Failed(point.Index, point.Attempt + 1) : Points.Ok(point.Index);
        return _unacknowledged[(lease, point.Index)] = new SweepEvent.PointReported(now, Name, lease, record);
    }

    public List<SweepEvent> Resend(TimeSpan now) => [.. _unacknowledged.Values.Select(report => report with { At = now })];

    public void Acknowledge(Lease lease, long index) => _unacknowledged.Remove((lease, index));
}
