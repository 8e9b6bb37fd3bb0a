using System.Diagnostics;
using SparseProp.Execution.Points;

namespace SparseProp.Cluster.Workers;

/// <summary>How a run is to end before its time.</summary>
internal enum RunEnding
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Its state is wanted.</summary>
    Save,

    /// <summary>Nothing of it is wanted.</summary>
    Discard,
}

/// <summary>
/// What the worker and the engine thread agree on about one run: when it pauses to be saved, and whether it is to stop. The run is
/// cut into stints; a stint ends when its token is cancelled. All members may be used from any thread.
/// </summary>
/// <param name="assignment">What to run.</param>
/// <param name="checkpoint">What to go on from; the run owns it.</param>
internal sealed class PointRun(Assignment assignment, FileStream? checkpoint) : IDisposable
{
    // A checkpoint is at most a twentieth of the run's time, however large it is.
    private const int WriteTimesBetweenCheckpoints = 20;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private CancellationTokenSource? _stint;
    private volatile MeasuredSimulation? _simulation;
    private TimeSpan _interval = TimeSpan.FromSeconds(assignment.CheckpointSeconds);
    private long _lastSaved = Stopwatch.GetTimestamp();
    private bool _isUploading;
    private bool _isOver;
    private RunEnding _ending;

    public Assignment Assignment => assignment;

    public FileStream? Checkpoint => checkpoint;

    /// <summary>Cancelled when the run is to stop, whatever stint it is in.</summary>
    public CancellationToken Stopping => _stop.Token;

    public RunEnding Ending
    {
        get
        {
            lock (_lock)
            {
                return _ending;
            }
        }
    }

    /// <summary>How much is done, from 0 to 1.</summary>
    public double Progress => _simulation?.Progress ?? 0;

    /// <summary>How long the point has run, on this worker and on those before.</summary>
    public TimeSpan Elapsed => _simulation?.Elapsed ?? TimeSpan.Zero;

    /// <summary>Whether the state is to be saved now that the stint was cut.</summary>
    public bool IsSaveDue
    {
        get
        {
            lock (_lock)
            {
                return _interval > TimeSpan.Zero && !_isUploading;
            }
        }
    }

    public void Begin(MeasuredSimulation simulation) => _simulation = simulation;

    /// <summary>The token for the next stint, cancelled when a checkpoint is due or the run is to stop.</summary>
    public CancellationToken NextStint()
    {
        lock (_lock)
        {
            _stint?.Dispose();
            _stint = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            ArmStint();
            return _stint.Token;
        }
    }

    /// <summary>Notes that the state was saved; until <see cref="UploadEnded"/> it is not saved again.</summary>
    public void Saved(TimeSpan writing)
    {
        lock (_lock)
        {
            _isUploading = true;
            DelayNextSave(writing);
        }
    }

    /// <summary>Notes that the state could not be saved, and how long it took to find out.</summary>
    public void SaveFailed(TimeSpan writing)
    {
        lock (_lock)
        {
            DelayNextSave(writing);
        }
    }

    /// <param name="isMoreWanted">Whether further checkpoints have a place to go.</param>
    public void UploadEnded(bool isMoreWanted)
    {
        lock (_lock)
        {
            _isUploading = false;
            _interval = isMoreWanted ? _interval : TimeSpan.Zero;
            ArmStint();
        }
    }

    /// <summary>Stops the run within 50 ms, or when its network is built. The last word counts.</summary>
    public void Stop(RunEnding ending)
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _ending = ending;
                _stop.Cancel();
            }
        }
    }

    /// <summary>By the engine, when the run is over. The simulation is the engine's.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _simulation = null;
            _stint?.Dispose();
            _stint = null;
            _stop.Dispose();
            checkpoint?.Dispose();
        }
    }

    private void DelayNextSave(TimeSpan writing)
    {
        var least = WriteTimesBetweenCheckpoints * writing;
        _interval = TimeSpan.FromSeconds(Math.Max(assignment.CheckpointSeconds, least.TotalSeconds));
        _lastSaved = Stopwatch.GetTimestamp();
    }

    private void ArmStint()
    {
        if (_stint is not null && _interval > TimeSpan.Zero && !_isUploading)
        {
            var left = _interval - Stopwatch.GetElapsedTime(_lastSaved);
            _stint.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }
}
