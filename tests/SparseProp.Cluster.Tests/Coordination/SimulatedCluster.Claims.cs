using SparseProp.Cluster.Coordination;

namespace SparseProp.Cluster.Tests.Coordination;

/// <content>What must be true of every effect, whatever the schedule.</content>
internal sealed partial class SimulatedCluster
{
    private void Apply(SweepEvent happened)
    {
        List<SweepEffect> effects = [];
        _scheduler.Apply(happened, effects);
        foreach (var effect in effects)
        {
            Listen(effect);
            Perform(effect);
        }
    }

    private void Perform(SweepEffect effect)
    {
        switch (effect)
        {
            case SweepEffect.Welcome welcome:
                _toWorkers.Add((welcome.Worker, effect));
                break;
            case SweepEffect.Introduce introduce:
                _toWorkers.Add((introduce.Worker, effect));
                break;
            case SweepEffect.Grant grant:
                Check(grant);
                _toWorkers.Add((grant.Worker, effect));
                break;
            case SweepEffect.Hold hold:
                _toWorkers.Add((hold.Worker, effect));
                break;
            case SweepEffect.Withdraw withdraw:
                _toWorkers.Add((withdraw.Worker, effect));
                break;
            case SweepEffect.Acknowledge acknowledge:
                Check(acknowledge);
                _toWorkers.Add((acknowledge.Source.Worker, effect));
                break;
            case SweepEffect.GiveUp giveUp:
                Check(giveUp);
                _unsynced.Add(effect);
                break;
            case SweepEffect.Record:
                _unsynced.Add(effect);
                break;
            case SweepEffect.ForgetCheckpoint forget:
                _sweeps.Find(sweep => sweep.Name == forget.Sweep)!.Checkpoints.Remove(forget.Index);
                break;
            case SweepEffect.Finish finish:
                Finish(_sweeps.Find(sweep => sweep.Name == finish.Sweep)!);
                break;
            case SweepEffect.Announce { Notice: SweepNotice.PointDiverged }:
                throw new InvalidOperationException("Equal results were found to differ.");
            default:
                break;
        }
    }

    private void Check(SweepEffect.Grant grant)
    {
        Claim(_loaded + Options.AdoptionTime <= _now, "points are leased before workers could say what they hold");
        var lease = _scheduler.Leases.Single(live => live.Lease == grant.Lease);
        var sweep = _sweeps.Find(known => known.Name == grant.Sweep)!;
        Claim(sweep is { IsRemoved: false, IsCancelled: false }, "points of a sweep are leased that is cancelled");
        Claim(grant.Points.Count > 0, "nothing is leased");
        foreach (var point in grant.Points)
        {
            var isKnown = sweep.Disk.ContainsKey(point.Index);
            Claim(lease.Kind == LeaseKind.Verification ? isKnown : !isKnown, "a recorded point is leased, or one without result verified");
            Claim(!sweep.IsTooLarge(point.Index), "a point is leased that does not fit");
            Claim(sweep.Wanted().Contains(point.Index), "a point is leased that nobody asked for");
        }

        Claim(!_granted.Add(lease) || !_drained.Contains(grant.Worker), "points are leased to a worker that is drained");
        CheckMemory(lease.Worker);
    }

    /// <summary>Whichever of a worker's points run together, they fit, except beside what it held before it was known.</summary>
    private void CheckMemory(CrewMember worker)
    {
        if (worker.Leases.TrueForAll(_granted.Contains))
        {
            var most = worker.Leases.SelectMany(lease => lease.Open.Values).OrderDescending().Take(worker.Slots).Sum();
            Claim(most <= worker.MemoryBytes, "a worker's memory is oversubscribed");
        }
    }

    private void Check(SweepEffect.GiveUp giveUp)
    {
        var sweep = _sweeps.Find(known => known.Name == giveUp.Sweep)!;
        var memory = sweep.Work.MemoryOf(sweep.Work.ClassOf(giveUp.Index));
        Claim(_loaded + Options.MemoryGrace <= _now, "a point is given up before workers could join");
        Claim(
            _scheduler.Members.Where(member => !member.IsLeaving).All(member => !memory.Fits(member.MemoryBytes)),
            "a point is given up that a worker has memory for");
        sweep.GivenUp.Add(giveUp.Index);
    }

    private void Check(SweepEffect.Acknowledge acknowledge)
    {
        var source = acknowledge.Source;
        var record = _reports[(source.Worker, source.Lease, source.Index)];
        var isSafe = _sweeps.Exists(sweep => sweep.IsRemoved)
            || _sweeps.Exists(sweep => sweep.Disk.TryGetValue(source.Index, out var known) && Equals(known.Result, record.Result));
        Claim(isSafe || record.Failure is { Attempts: < Attempts }, "a result is acknowledged that is not on the disk");
    }

    private static void Finish(SimulatedSweep sweep)
    {
        Claim(!sweep.IsFinished, "a sweep ends twice");
        Claim(sweep.Wanted().SetEquals(sweep.Disk.Keys), "a sweep ends with points missing, or that nobody asked for");
        sweep.IsFinished = true;
    }

    private void Listen(SweepEffect effect)
    {
        _said.Add(effect.GetType());
        switch (effect)
        {
            case SweepEffect.Grant grant:
                _said.Add((grant.Worker, grant.Request, grant.Lease, grant.Sweep));
                foreach (var point in grant.Points)
                {
                    _said.Add(point);
                }

                break;
            case SweepEffect.Withdraw withdraw:
                _said.Add((withdraw.Worker, withdraw.Lease));
                foreach (var index in withdraw.Points)
                {
                    _said.Add(index);
                }

                break;
            case SweepEffect.Record record:
                _said.Add((record.Sweep, record.Point.Index, record.Source));
                break;
            default:
                _said.Add(effect);
                break;
        }
    }

    private static void Claim(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            throw new InvalidOperationException($"After a step: {otherwise}.");
        }
    }
}
