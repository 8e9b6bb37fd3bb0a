namespace SparseProp.Cluster.Workers;

/// <summary>What others may do to a point that an engine thread simulates. For use by any thread.</summary>
internal sealed class PointControl(Assignment assignment) : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource _interruption = new();
    private PointRun? _run;
    private volatile bool _maySave = true;
    private bool _disposed;

    public Assignment Assignment { get; } = assignment;

    public bool IsStopped { get; private set; }

    /// <summary>Whether its state is to be saved when it is stopped.</summary>
    public bool SavesAtStop { get; private set; }

    /// <summary>Whether the last checkpoint has arrived, so that another may be made.</summary>
    public bool MaySave
    {
        get => _maySave;
        set => _maySave = value;
    }

    public double Progress => Volatile.Read(ref _run)?.Progress ?? 0;

    /// <summary>Interrupts the simulation: for good, or until <see cref="InterruptAfter"/> is called again.</summary>
    public CancellationToken Token
    {
        get
        {
            lock (_lock)
            {
                return _interruption.Token;
            }
        }
    }

    public void Follow(PointRun run) => Volatile.Write(ref _run, run);

    /// <summary>Interrupts the simulation after a while, so that it can be saved; never where that is zero.</summary>
    public void InterruptAfter(TimeSpan interval)
    {
        lock (_lock)
        {
            if (IsStopped)
            {
                return;
            }

            _interruption.Dispose();
            _interruption = new CancellationTokenSource();
            if (interval > TimeSpan.Zero)
            {
                _interruption.CancelAfter(interval);
            }
        }
    }

    /// <summary>The point is over. Whoever still knows it may go on to ask it to stop.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _interruption.Dispose();
        }
    }

    public void Stop() => End(saves: false);

    public void SaveAndStop() => End(saves: true);

    private void End(bool saves)
    {
        lock (_lock)
        {
            if (!IsStopped)
            {
                IsStopped = true;
                SavesAtStop = saves;
            }
            else if (!saves)
            {
                SavesAtStop = false;
            }

            if (!_disposed)
            {
                _interruption.Cancel();
            }
        }
    }
}
