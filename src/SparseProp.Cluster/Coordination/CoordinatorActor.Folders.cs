using Akka.Actor;
using Akka.Event;

namespace SparseProp.Cluster.Coordination;

/// <content>What others put into the folder of stores and take out of it: a backup that is restored, a sweep of another coordinator.</content>
internal sealed partial class CoordinatorActor
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private bool _isLooking;

    private void ReceiveFolders()
    {
        Receive<Look>(OnLook);
        Receive<FoldersSeen>(OnFoldersSeen);
        Receive<FoldersNotSeen>(OnFoldersNotSeen);
    }

    private void OnLook(Look _)
    {
        if (_isLooking)
        {
            return;
        }

        _isLooking = true;
        var (catalogue, known) = (_catalogue, Names());
        known.UnionWith(_changing);
        Task.Run(() =>
        {
            var names = catalogue.Names();
            return new FoldersSeen([.. names], [.. names.Where(name => !known.Contains(name)).Select(catalogue.Look)]);
        }).PipeTo(Self, failure: fault => new FoldersNotSeen(fault));
    }

    private void OnFoldersSeen(FoldersSeen seen)
    {
        _isLooking = false;
        var known = Names();
        foreach (var found in seen.Found.Where(found => !known.Contains(found.Name) && !_changing.Contains(found.Name)))
        {
            List(found);
        }

        // Those that were made meanwhile are not among what was seen.
        foreach (var gone in known.Where(name => !seen.Names.Contains(name) && !_changing.Contains(name) && !_catalogue.Holds(name)))
        {
            Miss(gone);
        }
    }

    private void OnFoldersNotSeen(FoldersNotSeen failed)
    {
        _isLooking = false;
        _log.Warning("What is in the folder of stores cannot be seen: {Reason}", failed.Fault.Message);
    }

    private void List(StoredSweep sweep)
    {
        if (sweep.Problem is { } problem)
        {
            SetAside(sweep.Name, problem);
            return;
        }

        _stored[sweep.Name] = sweep;
        if (sweep.Recorded is { } recorded)
        {
            _log.Info("Sweep {Sweep} was put into the folder of stores: {Recorded} of {Points} points are recorded", sweep.Name, recorded, sweep.Points);
        }
    }

    private void Miss(string sweep)
    {
        if (_sweeps.TryGetValue(sweep, out var running))
        {
            if (running.Problem is null)
            {
                running.Problem = "its store was removed from the folder of stores; put it back and restart the coordinator, or cancel and delete the sweep";
                _log.Error("Sweep {Sweep} cannot go on: {Reason}", sweep, running.Problem);
                Apply(new SweepEvent.SweepPaused(Now, sweep));
            }

            return;
        }

        _log.Warning("The store of {Sweep} was removed from the folder of stores", sweep);
        _stored.Remove(sweep);
        _problems.Remove(sweep);
    }

    private sealed record Look : INoSerializationVerificationNeeded
    {
        public static readonly Look Instance = new();
    }

    private sealed record FoldersSeen(HashSet<string> Names, IReadOnlyList<StoredSweep> Found) : INoSerializationVerificationNeeded;

    private sealed record FoldersNotSeen(Exception Fault) : INoSerializationVerificationNeeded;
}
