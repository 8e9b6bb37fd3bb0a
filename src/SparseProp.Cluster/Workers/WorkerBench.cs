using System.Collections.Concurrent;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// A worker's desk and engines. They belong to the process and outlive its actor systems: a node that was cut off and rejoins goes on
/// with what it computes, and still reports what it has computed. Used by one worker actor at a time.
/// </summary>
internal sealed class WorkerBench : IDisposable
{
    private readonly ConcurrentQueue<EngineReport> _reports = new();
    private readonly Lock _lock = new();
    private Action? _wake;
    private readonly TimeSpan[] _begun;
    private readonly Dictionary<Assignment, long> _generations = [];
    private int _busy;

    public WorkerBench(WorkerOptions options, TimeProvider clock)
    {
        // Unique for each start of the process: another one does not answer for the leases of this.
        Name = $"{Environment.MachineName}-{Guid.NewGuid().ToString("n")[..12]}";
        Options = options;
        Clock = clock;
        Started = clock.GetTimestamp();
        _begun = new TimeSpan[options.Slots];
        Desk = new WorkerDesk(Name, options.Slots, options.MemoryBytes);
        Engines = [.. Enumerable.Range(0, options.Slots).Select(slot => new EngineThread(
            slot, new PointRunner(options.Slots, () => Volatile.Read(ref _busy), options.MemoryBytes), clock, Post))];
    }

    public string Name { get; }

    public WorkerOptions Options { get; }

    public TimeProvider Clock { get; }

    public WorkerDesk Desk { get; }

    public IReadOnlyList<EngineThread> Engines { get; }

    /// <summary>Checkpoints on their way to the coordinator.</summary>
    public Dictionary<Assignment, CheckpointSending> Sending { get; } = [];

    /// <summary>Checkpoints on their way here, by the slot that waits for them.</summary>
    public Dictionary<int, CheckpointFetching> Fetching { get; } = [];

    /// <summary>Time since the bench was made: what lies on the desk is dated by it.</summary>
    public TimeSpan Now => Clock.GetElapsedTime(Started);

    private long Started { get; }

    /// <summary>Names who is to be woken when an engine has something to say. It may have before.</summary>
    /// <param name="wake">Called on an engine's thread; must not block or throw. Null: nobody.</param>
    public void Attach(Action? wake)
    {
        lock (_lock)
        {
            _wake = wake;
        }

        if (!_reports.IsEmpty)
        {
            wake?.Invoke();
        }
    }

    /// <summary>What engines have said, each once.</summary>
    public bool TryHear(out EngineReport report) => _reports.TryDequeue(out report!);

    /// <summary>Lets the engine of a free slot begin, or go on from a checkpoint.</summary>
    public void Start(int slot, Assignment assignment, CheckpointSource? checkpoint)
    {
        _begun[slot] = Now;
        Engines[slot].Start(assignment, checkpoint);
    }

    /// <summary>The number of a running point's next checkpoint.</summary>
    public long NextGeneration(Assignment assignment)
    {
        foreach (var gone in _generations.Keys.Where(known => !Desk.IsRunning(known)).ToList())
        {
            _generations.Remove(gone);
        }

        return _generations[assignment] = _generations.GetValueOrDefault(assignment, assignment.CheckpointGeneration) + 1;
    }

    /// <summary>How long the point of a slot will still run, by what it has done since it began here.</summary>
    public TimeSpan RemainingOn(int slot)
    {
        var done = Engines[slot].Progress;
        var left = (Now - _begun[slot]).TotalSeconds * (1 - done) / done;
        return left < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(left) : TimeSpan.MaxValue;
    }

    /// <summary>Tells the engines how many of them are busy, which goes into the points' cost.</summary>
    public void CountBusy() => Volatile.Write(ref _busy, Desk.Running);

    /// <summary>Stops all engines; what they run is lost.</summary>
    public void Dispose()
    {
        Attach(null);
        foreach (var engine in Engines)
        {
            engine.Dispose();
        }

        foreach (var transfer in Sending.Values.Concat<IDisposable>(Fetching.Values))
        {
            transfer.Dispose();
        }

        while (TryHear(out var report))
        {
            (report as EngineReport.Saved)?.Source.Dispose();
        }
    }

    private void Post(EngineReport report)
    {
        _reports.Enqueue(report);
        lock (_lock)
        {
            _wake?.Invoke();
        }
    }
}
