using System.Diagnostics.CodeAnalysis;
using SparseProp.Execution.Points;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// What a worker's process owns, across all actor systems that it may have to make: its name, desk, engine threads and checkpoints
/// under way. One actor at a time uses it, between <see cref="Attach"/> and <see cref="Detach"/>; what engines say meanwhile waits in
/// a mailbox for the next one.
/// </summary>
internal sealed class WorkerBench : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<EngineNotice> _mailbox = [];
    private readonly EngineThread[] _engines;
    private readonly PointRun?[] _runs;
    private readonly TimeProvider _clock;
    private readonly long _started;
    private Action? _wake;
    private bool _isDisposed;
    private int _busy;

    /// <param name="options">Slots, memory and intervals.</param>
    /// <param name="clock">Times repeats and dates records.</param>
    public WorkerBench(WorkerOptions options, TimeProvider clock)
    {
        Options = options;
        _clock = clock;
        _started = clock.GetTimestamp();
        // Unique for each start: a restarted worker does not answer for the leases of the one before it.
        Name = $"{Environment.MachineName}-{Guid.NewGuid().ToString("n")[..12]}";
        Desk = new WorkerDesk(Name, options.Slots, options.MemoryBytes);
        Sources = new SourceShelf(Name, options.ScratchFolder, Wake);
        _runs = new PointRun?[options.Slots];
        _engines = [.. Enumerable.Range(0, options.Slots).Select(slot => new EngineThread(
            slot, new PointRunner(() => Volatile.Read(ref _busy)), options.ScratchFolder, clock, Post))];
    }

    /// <summary>The worker's name.</summary>
    public string Name { get; }

    public WorkerOptions Options { get; }

    public WorkerDesk Desk { get; }

    /// <summary>Checkpoints on their way to the coordinator, by slot.</summary>
    public Dictionary<int, CheckpointUpload> Uploads { get; } = [];

    /// <summary>Checkpoints on their way from the coordinator, by slot.</summary>
    public Dictionary<int, CheckpointDownload> Downloads { get; } = [];

    /// <summary>Sources of sweeps over networks of one's own.</summary>
    public SourceShelf Sources { get; }

    /// <summary>Counts the requests for work. A number once used is never asked with again: the coordinator would repeat its answer.</summary>
    public long Request { get; set; }

    /// <summary>Time since the bench was made.</summary>
    public TimeSpan Now => _clock.GetElapsedTime(_started);

    /// <summary>Makes the caller the bench's user. It takes the notices that wait, and is woken for each that comes later.</summary>
    /// <param name="wake">Called on engine threads, perhaps once more after <see cref="Detach"/>; must not throw.</param>
    /// <exception cref="InvalidOperationException">The bench has a user.</exception>
    public void Attach(Action wake)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _wake = _wake is null
                ? wake
                : throw new InvalidOperationException($"Worker {Name} is used by another actor; end that first.");
        }
    }

    /// <summary>Ends the use of the bench by the one who gave this <paramref name="wake"/>. Points run on.</summary>
    public void Detach(Action wake)
    {
        lock (_lock)
        {
            if (_wake == wake)
            {
                _wake = null;
            }
        }
    }

    /// <summary>Takes the oldest notice. Its file, if it has one, is the caller's.</summary>
    public bool TryTake([NotNullWhen(true)] out EngineNotice? notice)
    {
        lock (_lock)
        {
            if (!_mailbox.TryDequeue(out notice))
            {
                return false;
            }
        }

        if (notice.EndsRun)
        {
            _runs[notice.Slot] = null;
        }

        return true;
    }

    /// <summary>The run on the slot's engine; null when it is over and its last notice was taken, or has not begun.</summary>
    public PointRun? RunOn(int slot) => _runs[slot];

    /// <summary>Has a free engine begin a run.</summary>
    public void Start(int slot, FileStream? checkpoint)
    {
        var run = new PointRun(Desk.On(slot), checkpoint);
        _runs[slot] = run;
        Volatile.Write(ref _busy, Desk.Busy);
        _engines[slot].Start(run);
    }

    /// <summary>Cancels the running points, whose records are then never reported, and ends the threads.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            _wake = null;
        }

        foreach (var run in _runs)
        {
            run?.Stop(RunEnding.Discard);
        }

        foreach (var engine in _engines)
        {
            engine.Dispose();
        }

        while (TryTake(out var notice))
        {
            ((notice as EngineNotice.Saved)?.Checkpoint ?? (notice as EngineNotice.Stopped)?.Checkpoint)?.Dispose();
        }

        foreach (var transfer in Uploads.Values.Concat<IDisposable>(Downloads.Values))
        {
            transfer.Dispose();
        }

        Sources.Dispose();
    }

    private void Wake()
    {
        Action? wake;
        lock (_lock)
        {
            wake = _wake;
        }

        wake?.Invoke();
    }

    // Under one lock with attaching: a notice is either there when the new user looks, or wakes it.
    private void Post(EngineNotice notice)
    {
        Action? wake;
        lock (_lock)
        {
            _mailbox.Enqueue(notice);
            wake = _wake;
        }

        wake?.Invoke();
    }
}
