using System.Diagnostics;
using SparseProp.Engine;
using SparseProp.Results;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// Simulates points one after another on the calling thread and measures what they cost. One for each thread.
/// </summary>
/// <param name="busySlots">How many engines run on this node now, this one included.</param>
public sealed class PointRunner(Func<int> busySlots)
{
    // Below this share of a core, the thread was kept from running and wall time says little about the engine.
    private const double ContendedShare = 0.9;

    private readonly HashSet<(NeuronModel, Topology, EventLoop)> _warm = [];

    /// <summary>Simulates one point.</summary>
    /// <param name="parameters">What to simulate.</param>
    /// <param name="observer">Sees the spikes of the measurement, in order.</param>
    /// <param name="cancellation">Ends the simulation within 50 ms.</param>
    /// <exception cref="ArgumentException">The parameters cannot be simulated.</exception>
    /// <exception cref="InsufficientMemoryException">The network does not fit this machine.</exception>
    /// <exception cref="OperationCanceledException"/>
    public (SimulationResult Result, PointCost Cost) Run<TObserver>(
        SimulationParameters parameters, ref TObserver observer, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        WarmUp(parameters, cancellation);
        var busy = busySlots();
        var started = Stopwatch.GetTimestamp();
        using var simulation = new Simulation(parameters);
        var setup = Stopwatch.GetElapsedTime(started);
        simulation.BurnIn(cancellation);

        var loopStarted = Stopwatch.GetTimestamp();
        var cpuStarted = ThreadCpuClock.Seconds;
        var result = simulation.Measure(ref observer, cancellation);
        var cpu = ThreadCpuClock.Seconds - cpuStarted;
        var contended = cpu < ContendedShare * Stopwatch.GetElapsedTime(loopStarted).TotalSeconds;
        return (result, new PointCost
        {
            WallSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            CpuSeconds = cpu,
            SetupSeconds = setup.TotalSeconds,
            Host = Environment.MachineName,
            BusySlots = busy,
            Contended = contended,
        });
    }

    // The first run of a loop pays for its compilation; a tiny network pays it here, so that no result does.
    private void WarmUp(SimulationParameters parameters, CancellationToken cancellation)
    {
        if (!_warm.Add((parameters.Model, parameters.Topology, parameters.Loop)))
        {
            return;
        }

        using var tiny = new Simulation(parameters with
        {
            N = 200,
            K = 20,
            J0 = 1,
            SeedNet = 1,
            BurnIn = RunLength.Spikes(200),
            Stop = RunLength.Spikes(2000),
        });
        tiny.BurnIn(cancellation);
        tiny.Measure(cancellation);
    }
}
