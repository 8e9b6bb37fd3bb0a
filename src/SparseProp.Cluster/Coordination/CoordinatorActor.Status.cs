using System.Globalization;
using SparseProp.Execution;
using SparseProp.Results.Root;
using static SparseProp.Cluster.Coordination.CoordinatorProtocol;

namespace SparseProp.Cluster.Coordination;

/// <content>What operators are told.</content>
internal sealed partial class CoordinatorActor
{
    private SweepStatus? StatusOf(string name)
    {
        if (_sweeps.TryGetValue(name, out var sweep))
        {
            return new SweepStatus(
                name,
                sweep.Settings.State,
                sweep.Run.Spec.Hash.ToString(),
                sweep.Settings.Priority,
                _scheduler!.ProgressOf(name)!,
                sweep.Settings.SubmittedUtc,
                sweep.Notices,
                sweep.Problem);
        }

        var problem = _problems.GetValueOrDefault(name);
        return _stored.TryGetValue(name, out var stored)
            ? StatusOf(stored, problem)
            : problem is null ? null : StatusOf(new StoredSweep(name, "", 0, null), problem);
    }

    private static SweepStatus StatusOf(StoredSweep stored, string? problem)
    {
        var settings = stored.Settings;
        var points = settings is { Points: > 0 } ? settings.Points : stored.Points;
        var isFinished = settings?.State == SweepState.Finished;
        var recorded = stored.Recorded ?? (isFinished ? points : 0);
        var progress = new SweepProgress(points, recorded, settings?.Failed ?? 0, 0, 0, 0, isFinished ? 1 : 0)
        {
            Divergent = settings?.Divergent ?? 0,
            NotReached = settings?.NotReached ?? 0,
            IsComplete = isFinished,
        };
        return new SweepStatus(
            stored.Name,
            settings?.State ?? SweepState.SetAside,
            stored.SpecHash,
            settings?.Priority ?? 0,
            progress,
            settings?.SubmittedUtc ?? DateTimeOffset.UnixEpoch,
            isFinished || stored.Recorded is null ? [] : ["its store was put into the folder of stores; resume the sweep, or submit its file, to let it go on"],
            problem);
    }

    private ClusterStatus DescribeCluster() => new(
        _epoch,
        ProgramIdentity.Own.Build,
        [.. _scheduler!.Members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(SummaryOf)],
        [.. _scheduler.Leases.Select(lease => new LeaseSummary(
            lease.Lease.ToString(),
            lease.Sweep.Name,
            lease.Worker.Name,
            WordFor(lease.Kind),
            lease.Open.Count,
            (Now - lease.Granted).TotalSeconds))])
    {
        StuckSweeps = StuckSweeps(),
    };

    private Dictionary<string, string> StuckSweeps()
    {
        var stuck = new Dictionary<string, string>(_problems);
        foreach (var (name, sweep) in _sweeps)
        {
            if (sweep.Problem is { } problem)
            {
                stuck[name] = problem;
            }
        }

        return stuck;
    }

    private LeasedPointList DescribeLeases(GetLeases asked)
    {
        var leases = _scheduler!.Leases
            .Where(lease => (asked.Sweep ?? lease.Sweep.Name) == lease.Sweep.Name && (asked.Worker ?? lease.Worker.Name) == lease.Worker.Name)
            .ToList();
        return new LeasedPointList(
            [.. leases.SelectMany(lease => lease.Open.Keys.Select(index => SummaryOf(lease, index))).Take(asked.Most)],
            leases.Sum(lease => (long)lease.Open.Count));
    }

    private LeasedPointSummary SummaryOf(LeasedPoints lease, long index) => new(
        lease.Lease.ToString(),
        lease.Sweep.Name,
        index,
        lease.Worker.Name,
        WordFor(lease.Kind),
        (Now - lease.Granted).TotalSeconds,
        (lease.Deadline - Now).TotalSeconds);

    private static WorkerSummary SummaryOf(CrewMember member) =>
        new(member.Name, member.Host, member.Slots, member.MemoryBytes, member.OpenPoints, member.IsLeaving) { Drained = member.IsDrained };

    private static string WordFor(LeaseKind kind) => kind.ToString().ToLower(CultureInfo.InvariantCulture);
}
