using Akka.Actor;
using SparseProp.Execution;
using SparseProp.Results.Root;

namespace SparseProp.Cluster.Coordination;

/// <summary>An open sweep of the coordinator, with those who write and read for it.</summary>
internal sealed class RunningSweep(SweepRun run, SweepSettings settings, IActorRef writer)
{
    private const int MostNotices = 50;

    private readonly Queue<string> _notices = new();
    private SweepProgress? _told;

    public SweepRun Run { get; } = run;

    public SweepSettings Settings { get; set; } = settings;

    public IActorRef Writer { get; } = writer;

    /// <summary>Who keeps its checkpoints; null where none are kept.</summary>
    public IActorRef? Keeper { get; init; }

    /// <summary>Who hands out what workers need to make its points, and the hash of that; null where they need nothing.</summary>
    public (string Hash, IActorRef Keeper)? Source { get; init; }

    /// <summary>Why nothing more is recorded; null where all is well.</summary>
    public string? Problem { get; set; }

    public IReadOnlyList<string> Notices => [.. _notices];

    public void Notice(SweepNotice notice)
    {
        _notices.Enqueue(notice.ToString()!);
        if (_notices.Count > MostNotices)
        {
            _notices.Dequeue();
        }

        Run.Listener.OnNotice(notice);
    }

    public void Tell(SweepProgress progress)
    {
        if (progress != _told)
        {
            _told = progress;
            Run.Listener.OnProgress(progress);
        }
    }
}
