using System.Collections.Concurrent;
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
    private readonly BlockingCollection<Assignment> _inbox = new(boundedCapacity: 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Action<PointRecord> _finished;
    private readonly PointRunner _runner;
    private readonly TimeProvider _clock;
    private readonly Thread _thread;

    /// <param name="slot">The slot's number on its worker.</param>
    /// <param name="runner">Simulates; for this thread alone.</param>
    /// <param name="clock">Dates the records.</param>
    /// <param name="finished">Called on the engine's thread with each finished point; must not throw.</param>
    public EngineThread(int slot, PointRunner runner, TimeProvider clock, Action<PointRecord> finished)
    {
        _finished = finished;
        _clock = clock;
        _runner = runner;
        _thread = new Thread(Loop) { Name = $"engine-{slot}", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Hands over the next point. The slot must be free.</summary>
    public void Start(Assignment assignment)
    {
        if (!_inbox.TryAdd(assignment))
        {
            throw new InvalidOperationException($"{_thread.Name} already has a point waiting.");
        }
    }

    /// <summary>Cancels the running point, whose record is then never reported, and ends the thread.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _inbox.CompleteAdding();
        _thread.Join();
        _inbox.Dispose();
        _stopping.Dispose();
    }

    private void Loop()
    {
        foreach (var assignment in _inbox.GetConsumingEnumerable())
        {
            if (Simulate(assignment) is { } record)
            {
                _finished(record);
            }
        }
    }

    private PointRecord? Simulate(Assignment point)
    {
        try
        {
            var observer = default(NoObserver);
            var (result, cost) = _runner.Run(point.Parameters, ref observer, _stopping.Token);
            return PointRecord.Ok(point.Index, point.Parameters, result, cost, _clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // Whatever a simulation throws is the point's own failure: it is recorded, and the sweep goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var failure = new PointFailure { Kind = error.GetType().Name, Message = error.Message, Attempts = point.Attempt + 1 };
            return PointRecord.Failed(point.Index, point.Parameters, failure, _clock.GetUtcNow());
        }
    }
}
