using Akka.Event;
using SparseProp.Cluster.Protocol;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Workers;

/// <summary>Sources of sweeps over networks of one's own: a lease waits on the desk until the worker can make its points.</summary>
internal sealed partial class WorkerActor
{
    private void TakeOn(WorkGranted granted)
    {
        if (granted.Source.Length == 0 || _bench.Sources.Find(granted.Source) is not null)
        {
            AddPoints(granted);
            return;
        }

        _desk.Await(granted);
        _bench.Sources.Want(granted.Source, granted.Sweep, Now);
        FetchSources();
    }

    private void AddPoints(WorkGranted granted)
    {
        if (_desk.Add(granted, granted.Source.Length == 0 ? null : _bench.Sources.Find(granted.Source)) is { Count: > 0 } unreadable)
        {
            var reason = $"this build cannot read points {string.Join(", ", unreadable)} of {granted.Sweep} as they were granted";
            _log.Error("{0}", reason);
            Return(granted.Lease, unreadable, reason);
        }
    }

    private void OnFilePart(FilePart part)
    {
        _bench.Sources.Accept(part, Now);
        CollectSources();
        FetchSources();
    }

    /// <summary>Lets points go on, or back, whose sources were read or could not be had.</summary>
    private void CollectSources()
    {
        var ended = _bench.Sources.TakeEnded(Now);
        if (ended.Count == 0)
        {
            return;
        }

        foreach (var (source, plan, problem) in ended)
        {
            foreach (var granted in _desk.TakeAwaiting(source))
            {
                if (plan is not null)
                {
                    AddPoints(granted);
                }
                else
                {
                    var reason = $"worker {_bench.Name} cannot get the network of {granted.Sweep}: {problem}";
                    _log.Error("{0}", reason);
                    Return(granted.Lease, granted.Points.Select(point => point.Index), reason);
                }
            }
        }

        StartNext();
        EndDrain();
    }

    private void RepeatSources(TimeSpan before)
    {
        foreach (var granted in _desk.Awaiting)
        {
            _bench.Sources.Want(granted.Source, granted.Sweep, Now);
        }

        _bench.Sources.Tidy(_desk.Sources, Now);
        _bench.Sources.RepeatSince(before, Now);
        CollectSources();
        FetchSources();
    }

    private void FetchSources()
    {
        if (IsWelcome)
        {
            foreach (var fetch in _bench.Sources.TakeDue())
            {
                Send(fetch);
            }
        }
    }
}
