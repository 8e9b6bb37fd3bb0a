using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using SparseProp.Engine;
using SparseProp.Results;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// One engine slot: a thread of its own that simulates one point after another.
/// </summary>
/// <remarks>
/// Not a task and not a dispatcher. Akka's system dispatchers run on the shared thread pool, and a simulation that held a pool
/// thread for minutes would delay the heartbeats that keep this node in the cluster.
/// </remarks>
internal sealed class EngineThread : IDisposable
{
    // Writing a checkpoint takes at most this share of the time between two.
    private const double MostSavingShare = 0.05;

    private readonly BlockingCollection<(PointControl Control, CheckpointSource? Checkpoint)> _inbox = new(boundedCapacity: 1);
    private readonly Action<EngineReport> _tell;
    private readonly PointRunner _runner;
    private readonly TimeProvider _clock;
    private readonly int _slot;
    private readonly Thread _thread;
    private PointControl? _current;

    /// <param name="slot">The slot's number on its worker.</param>
    /// <param name="runner">Simulates; for this thread alone.</param>
    /// <param name="clock">Dates the records.</param>
    /// <param name="tell">Called on the engine's thread with what happens; must not throw.</param>
    public EngineThread(int slot, PointRunner runner, TimeProvider clock, Action<EngineReport> tell)
    {
        _slot = slot;
        _tell = tell;
        _clock = clock;
        _runner = runner;
        _thread = new Thread(Loop) { Name = $"engine-{slot}", IsBackground = true };
        _thread.Start();
    }

    /// <summary>How far the running point is, from 0 to 1; 0 where none runs.</summary>
    public double Progress => Volatile.Read(ref _current)?.Progress ?? 0;

    /// <summary>Hands over the next point. The slot must be free.</summary>
    /// <param name="assignment">The point.</param>
    /// <param name="checkpoint">What to go on from, which is the engine's from now on; null for the beginning.</param>
    public void Start(Assignment assignment, CheckpointSource? checkpoint)
    {
        var control = new PointControl(assignment);
        Volatile.Write(ref _current, control);
        if (!_inbox.TryAdd((control, checkpoint)))
        {
            throw new InvalidOperationException($"{_thread.Name} already has a point waiting.");
        }
    }

    /// <summary>Stops the running point, if it is this one; its record is never reported.</summary>
    public void Stop(Assignment assignment) => Ask(assignment, control => control.Stop());

    /// <summary>Saves the running point, if it is this one, and stops it.</summary>
    public void SaveAndStop(Assignment assignment) => Ask(assignment, control => control.SaveAndStop());

    /// <summary>Lets the running point, if it is this one, be saved again when it is time.</summary>
    public void AllowSaving(Assignment assignment) => Ask(assignment, control => control.MaySave = true);

    /// <summary>Stops the running point and ends the thread.</summary>
    public void Dispose()
    {
        _inbox.CompleteAdding();
        Volatile.Read(ref _current)?.Stop();
        _thread.Join();
        _inbox.Dispose();
    }

    private void Ask(Assignment assignment, Action<PointControl> what)
    {
        if (Volatile.Read(ref _current) is { } control && control.Assignment == assignment)
        {
            what(control);
        }
    }

    private void Loop()
    {
        foreach (var (control, checkpoint) in _inbox.GetConsumingEnumerable())
        {
            using (control)
            using (checkpoint)
            {
                var end = Simulate(control, checkpoint);
                Interlocked.CompareExchange(ref _current, null, control);
                _tell(end);
            }
        }
    }

    private EngineReport Simulate(PointControl control, CheckpointSource? checkpoint)
    {
        var point = control.Assignment;
        try
        {
            using var run = Prepare(control, checkpoint);
            return Run(control, run);
        }
        catch (OperationCanceledException) when (control.IsStopped)
        {
            return new EngineReport.Stopped(_slot, point);
        }
#pragma warning disable CA1031 // Whatever a simulation throws is the point's own failure: it is recorded, and the sweep goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var failure = new PointFailure { Kind = error.GetType().Name, Message = error.Message, Attempts = point.Attempt + 1 };
            var record = PointRecord.Failed(point.Index, point.Parameters, failure, _clock.GetUtcNow());
            return new EngineReport.Finished(_slot, point, record);
        }
    }

    private PointRun Prepare(PointControl control, CheckpointSource? checkpoint)
    {
        var point = control.Assignment;
        if (checkpoint is not null)
        {
            try
            {
                return _runner.Prepare(point.Parameters, point.MemoryBytes, checkpoint.Open(), control.Token);
            }
            catch (InvalidDataException useless)
            {
                _tell(new EngineReport.CheckpointRefused(_slot, point, useless.Message));
            }
        }

        return _runner.Prepare(point.Parameters, point.MemoryBytes, checkpoint: null, control.Token);
    }

    private EngineReport Run(PointControl control, PointRun run)
    {
        var point = control.Assignment;
        control.Follow(run);
        var interval = point.CheckpointInterval;
        while (true)
        {
            control.InterruptAfter(interval);
            try
            {
                var observer = default(NoObserver);
                var (result, cost) = run.Run(ref observer, control.Token);
                return new EngineReport.Finished(
                    _slot, point, PointRecord.Ok(point.Index, point.Parameters, result, cost, _clock.GetUtcNow()));
            }
            catch (OperationCanceledException)
            {
                if (control.IsStopped && !control.SavesAtStop)
                {
                    return new EngineReport.Stopped(_slot, point);
                }

                interval = SaveIfWanted(control, run, interval);
                if (control.IsStopped)
                {
                    return new EngineReport.Stopped(_slot, point);
                }
            }
        }
    }

    /// <returns>How long to run until the next checkpoint.</returns>
    private TimeSpan SaveIfWanted(PointControl control, PointRun run, TimeSpan interval)
    {
        if (!control.MaySave && !control.SavesAtStop)
        {
            // The last one is still on its way.
            return interval;
        }

        control.MaySave = false;
        var started = Stopwatch.GetTimestamp();
        if (TrySave(run, out var source))
        {
            _tell(new EngineReport.Saved(_slot, control.Assignment, source));
        }
        else
        {
            control.MaySave = true;
        }

        var took = Stopwatch.GetElapsedTime(started) / MostSavingShare;
        return took > control.Assignment.CheckpointInterval ? took : control.Assignment.CheckpointInterval;
    }

    private static bool TrySave(PointRun run, [NotNullWhen(true)] out CheckpointSource? source)
    {
        source = null;
        try
        {
            source = CheckpointSource.Create();
            run.Save(source.Open());
            source.Complete();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Without room for a checkpoint the simulation goes on; the next time there may be some.
            source?.Dispose();
            source = null;
            return false;
        }
    }
}
