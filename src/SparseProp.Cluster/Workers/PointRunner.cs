using System.Diagnostics;
using SparseProp.Engine;
using SparseProp.Results;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// Simulates points one after another on the calling thread and measures what they cost. One for each thread.
/// </summary>
/// <param name="slots">How many engines share this machine's memory.</param>
/// <param name="busySlots">How many of them run now, this one included.</param>
public sealed class PointRunner(int slots, Func<int> busySlots)
{
    // Below this share of a core, the thread was kept from running and wall time says little about the engine.
    private const double ContendedShare = 0.9;

    private readonly SimulationOptions _options = OptionsFor(slots);
    private readonly HashSet<(Type, NeuronModel, Topology, EventLoop)> _warm = [];

    /// <summary>Simulates one point.</summary>
    /// <param name="parameters">What to simulate.</param>
    /// <param name="observer">
    /// Sees the spikes of the measurement, in order. A new value of its type must see spikes without harm.
    /// </param>
    /// <param name="cancellation">Ends the simulation within 50 ms.</param>
    /// <exception cref="ArgumentException">The parameters cannot be simulated.</exception>
    /// <exception cref="InsufficientMemoryException">The network does not fit this machine.</exception>
    /// <exception cref="OperationCanceledException"/>
    public (SimulationResult Result, PointCost Cost) Run<TObserver>(
        SimulationParameters parameters, ref TObserver observer, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        WarmUp<TObserver>(parameters, cancellation);
        var busy = busySlots();
        var started = Stopwatch.GetTimestamp();
        using var simulation = new Simulation(parameters, _options);
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

    // Half of its share for targets leaves room for the neurons.
    private static SimulationOptions OptionsFor(int slots)
    {
        var share = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / slots;
        return new SimulationOptions { MemoryBytes = share, TargetMemoryBytes = share / 2 };
    }

    // The first run of a loop pays for its compilation; a tiny network pays it here, so that no result does.
    private void WarmUp<TObserver>(SimulationParameters parameters, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        if (!_warm.Add((typeof(TObserver), parameters.Model, parameters.Topology, parameters.Loop)))
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
        var nobody = new TObserver();
        tiny.Measure(ref nobody, cancellation);
    }
}
