using System.Collections.Concurrent;
using System.Diagnostics;
using SparseProp.Engine;
using SparseProp.Execution.Points;
using SparseProp.Results.Records;

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
    private readonly BlockingCollection<PointRun> _inbox = new(boundedCapacity: 1);
    private readonly int _slot;
    private readonly PointRunner _runner;
    private readonly string _scratchFolder;
    private readonly TimeProvider _clock;
    private readonly Action<EngineNotice> _notify;
    private readonly Thread _thread;

    /// <param name="slot">The slot's number on its worker.</param>
    /// <param name="runner">Simulates; for this thread alone.</param>
    /// <param name="scratchFolder">Where checkpoints are written before they are sent.</param>
    /// <param name="clock">Dates the records.</param>
    /// <param name="notify">Called on the engine's thread; must not throw.</param>
    public EngineThread(int slot, PointRunner runner, string scratchFolder, TimeProvider clock, Action<EngineNotice> notify)
    {
        _slot = slot;
        _runner = runner;
        _scratchFolder = scratchFolder;
        _clock = clock;
        _notify = notify;
        _thread = new Thread(Loop) { Name = $"engine-{slot}", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Hands over the next run. The slot must be free.</summary>
    public void Start(PointRun run)
    {
        if (!_inbox.TryAdd(run))
        {
            throw new InvalidOperationException($"{_thread.Name} already has a point waiting.");
        }
    }

    /// <summary>Ends the thread when its run is over; stop that first.</summary>
    public void Dispose()
    {
        _inbox.CompleteAdding();
        _thread.Join();
        _inbox.Dispose();
    }

    private void Loop()
    {
        foreach (var run in _inbox.GetConsumingEnumerable())
        {
            EngineNotice end;
            using (run)
            {
                end = Simulate(run);
            }

            _notify(end);
        }
    }

    private EngineNotice Simulate(PointRun run)
    {
        var point = run.Assignment;
        try
        {
            var parameters = point.Complete();
            using var simulation = Open(run, parameters);
            run.Begin(simulation);
            return RunThrough(run, simulation, parameters);
        }
        catch (OperationCanceledException) when (run.Ending != RunEnding.None)
        {
            return new EngineNotice.Stopped(_slot, Checkpoint: null);
        }
#pragma warning disable CA1031 // Whatever a simulation throws is the point's own failure: it is recorded, and the sweep goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var failure = new PointFailure { Kind = error.GetType().Name, Message = error.Message, Attempts = point.Attempt + 1 };
            return new EngineNotice.Finished(_slot, Failed(point, failure));
        }
    }

    private PointRecord Failed(Assignment point, PointFailure failure)
    {
        var parameters = point.Plan?.RecordedAt(point.Index) ?? point.Parameters;
        return PointRecord.Failed(point.Index, parameters, failure, _clock.GetUtcNow()) with
        {
            Key = point.Plan?.KeyAt(point.Index) ?? PointKey.Of(parameters),
        };
    }

    private MeasuredSimulation Open(PointRun run, SimulationParameters parameters)
    {
        var point = run.Assignment;
        if (run.Checkpoint is { } checkpoint)
        {
            try
            {
                return _runner.Resume<NoObserver>(checkpoint, parameters, point.MemoryBytes, run.Stopping);
            }
            catch (Exception error) when (error is InvalidDataException or IOException)
            {
                _notify(new EngineNotice.Trouble(
                    _slot, $"Point {point.Index} of {point.Sweep} starts again, for its checkpoint cannot be used: {error.Message}"));
            }
        }

        return _runner.Begin<NoObserver>(parameters, point.MemoryBytes, run.Stopping);
    }

    private EngineNotice RunThrough(PointRun run, MeasuredSimulation simulation, SimulationParameters parameters)
    {
        var point = run.Assignment;
        var observer = default(NoObserver);
        while (true)
        {
            try
            {
                var result = simulation.Run(ref observer, run.NextStint());
                return new EngineNotice.Finished(
                    _slot, PointRecord.Ok(point.Index, parameters, result, simulation.Cost, _clock.GetUtcNow()));
            }
            catch (OperationCanceledException)
            {
                switch (run.Ending)
                {
                    case RunEnding.Discard:
                        return new EngineNotice.Stopped(_slot, Checkpoint: null);
                    case RunEnding.Save:
                        return new EngineNotice.Stopped(_slot, Save(run, simulation));
                    default:
                        SaveIfDue(run, simulation);
                        break;
                }
            }
        }
    }

    private void SaveIfDue(PointRun run, MeasuredSimulation simulation)
    {
        if (run.IsSaveDue && Save(run, simulation) is { } checkpoint)
        {
            _notify(new EngineNotice.Saved(_slot, checkpoint));
        }
    }

    private FileStream? Save(PointRun run, MeasuredSimulation simulation)
    {
        var started = Stopwatch.GetTimestamp();
        FileStream? file = null;
        try
        {
            file = ScratchFile.Create(_scratchFolder);
            simulation.Save(file);
            file.Flush();
            run.Saved(Stopwatch.GetElapsedTime(started));
            return file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            run.SaveFailed(Stopwatch.GetElapsedTime(started));
            _notify(new EngineNotice.Trouble(
                _slot, $"Point {run.Assignment.Index} of {run.Assignment.Sweep} could not be saved: {error.Message}"));
            return null;
        }
    }
}
