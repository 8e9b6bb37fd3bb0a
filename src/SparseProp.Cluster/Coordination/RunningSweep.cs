using Akka.Actor;
using SparseProp.Execution;
using SparseProp.Results.Root;

namespace SparseProp.Cluster.Coordination;

/// <summary>An open sweep of the coordinator, with those who write for it.</summary>
internal sealed class RunningSweep(SweepRun run, SweepSettings settings, IActorRef writer, IActorRef? keeper)
{
    private const int MostNotices = 50;

    private readonly Queue<string> _notices = new();
    private SweepProgress? _told;

    public SweepRun Run { get; } = run;

    public SweepSettings Settings { get; set; } = settings;

    public IActorRef Writer { get; } = writer;

    public IActorRef? Keeper { get; } = keeper;

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
