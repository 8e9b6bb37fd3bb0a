using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Execution.Points;

/// <summary>
/// Simulates points one after another on the calling thread and measures what they cost. One for each thread.
/// </summary>
/// <param name="busySlots">How many engines of this machine run now, this one included.</param>
public sealed class PointRunner(Func<int> busySlots)
{
    private readonly HashSet<Code> _warm = [];

    /// <summary>Simulates one point.</summary>
    /// <param name="parameters">What to simulate.</param>
    /// <param name="memoryBytes">
    /// The most bytes that the simulation may use; target lists that do not fit are drawn again at every spike, with the same result.
    /// Null: all that the process may use, at most half of it for target lists.
    /// </param>
    /// <param name="observer">
    /// Sees the spikes of the measurement, in order. A new value of its type must see spikes without harm.
    /// </param>
    /// <param name="cancellation">Ends the simulation within 50 ms.</param>
    /// <exception cref="ArgumentException">The parameters cannot be simulated.</exception>
    /// <exception cref="InsufficientMemoryException">The network needs more memory than it may use.</exception>
    /// <exception cref="OperationCanceledException"/>
    public (SimulationResult Result, PointCost Cost) Run<TObserver>(
        SimulationParameters parameters, long? memoryBytes, ref TObserver observer, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        using var simulation = Begin<TObserver>(parameters, memoryBytes, cancellation);
        var result = simulation.Run(ref observer, cancellation);
        return (result, simulation.Cost);
    }

    /// <summary>A simulation to be run in pieces, its code compiled.</summary>
    internal MeasuredSimulation Begin<TObserver>(
        SimulationParameters parameters, long? memoryBytes, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        WarmUp<TObserver>(parameters, cancellation);
        return MeasuredSimulation.Begin(parameters, OptionsFor(parameters, memoryBytes), busySlots());
    }

    /// <inheritdoc cref="MeasuredSimulation.Resume"/>
    internal MeasuredSimulation Resume<TObserver>(
        Stream checkpoint, SimulationParameters parameters, long? memoryBytes, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        WarmUp<TObserver>(parameters, cancellation);
        return MeasuredSimulation.Resume(checkpoint, parameters, OptionsFor(parameters, memoryBytes), busySlots());
    }

    private static SimulationOptions OptionsFor(SimulationParameters parameters, long? memoryBytes)
    {
        var all = new SimulationOptions();
        var memory = memoryBytes ?? all.MemoryBytes;
        var besideNeurons = Math.Max(0, memory - MemoryNeed.LeastBytes(parameters));
        return new SimulationOptions
        {
            MemoryBytes = memory,
            TargetMemoryBytes = memoryBytes is null ? Math.Min(all.TargetMemoryBytes, besideNeurons) : besideNeurons,
        };
    }

    // The first run of a loop pays for its compilation; a tiny network pays it here, so that no result does.
    private void WarmUp<TObserver>(SimulationParameters parameters, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        // Training compiles its loops in the first of many trials.
        if (parameters.Training is not null || !_warm.Add(Code.Of<TObserver>(parameters)))
        {
            return;
        }

        using var tiny = new Simulation(TinyLike(parameters));
        tiny.BurnIn(cancellation);
        var nobody = new TObserver();
        tiny.Measure(ref nobody, cancellation);
    }

    /// <summary>A network that spikes, whatever <paramref name="parameters"/> are, and runs the same code as they do.</summary>
    private static SimulationParameters TinyLike(SimulationParameters parameters)
    {
        if (parameters.Network is { } network)
        {
            var tiny = TinyNetwork.Of(NetworkCode.Of(network));
            return SimulationParameters.Of(tiny, RunLength.Seconds(0.02)) with { BurnIn = RunLength.Seconds(0.005), Record = parameters.Record };
        }

        const int n = 200;
        var excitatory = parameters.ExcitatoryFraction;
        return new SimulationParameters
        {
            Model = parameters.Model,
            N = n,
            K = 20,
            J0 = parameters.J0 < 0 ? -1 : 1,
            ExcitatoryFraction = excitatory > 0 ? Math.Max(excitatory, 1.0 / n) : 0,
            G = parameters.G,
            ChebyshevOrder = parameters.ChebyshevOrder,
            Topology = parameters.Topology,
            Loop = parameters.Loop,
            BurnIn = RunLength.Spikes(200),
            Stop = RunLength.Spikes(2000),
            Record = parameters.Record,
            LyapunovExponents = Math.Min(parameters.LyapunovExponents, 1),
        };
    }

    /// <summary>What decides which code a simulation runs.</summary>
    private sealed record Code(
        Type Observer, NeuronModel Model, Topology Topology, EventLoop Loop, bool Excites, bool UsesSeries, StatisticKinds Record,
        bool HasExponents, NetworkCode? Network)
    {
        public static Code Of<TObserver>(SimulationParameters p) => new(
            typeof(TObserver), p.Model, p.Topology, p.Loop, p.J0 < 0 || p.ExcitatoryFraction > 0, p.ChebyshevOrder > 0, p.Record,
            p.LyapunovExponents > 0, p.Network is { } network ? NetworkCode.Of(network) : null);
    }
}
