using SparseProp.Engine;
using SparseProp.Results;

namespace SparseProp.Cluster.Workers;

/// <summary>
/// Simulates points one after another on the calling thread and measures what they cost. One for each thread.
/// </summary>
/// <param name="slots">How many engines share this machine's memory.</param>
/// <param name="busySlots">How many of them run now, this one included.</param>
/// <param name="memoryBudget">
/// The most bytes that one simulation may use; target lists that do not fit are drawn again at every spike, with the same result.
/// Default: the slot's share of what the process may use.
/// </param>
public sealed class PointRunner(int slots, Func<int> busySlots, long? memoryBudget = null)
{
    // Of its default share, targets leave half for what else the machine does.
    private readonly long _memory = memoryBudget ?? ShareOf(slots);
    private readonly long _targetMemory = memoryBudget ?? ShareOf(slots) / 2;
    private readonly HashSet<Code> _warm = [];

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
        using var run = PointRun.Begin(parameters, OptionsFor(parameters, _memory, _targetMemory), busySlots());
        return run.Run(ref observer, cancellation);
    }

    /// <summary>Prepares one point to be simulated in pieces.</summary>
    /// <param name="parameters">What to simulate.</param>
    /// <param name="memoryBytes">What it may use.</param>
    /// <param name="checkpoint">What an earlier run has saved; null where it begins.</param>
    /// <param name="cancellation">Ends the preparation.</param>
    /// <exception cref="InvalidDataException">The checkpoint is of no use.</exception>
    internal PointRun Prepare(SimulationParameters parameters, long memoryBytes, Stream? checkpoint, CancellationToken cancellation)
    {
        WarmUp<NoObserver>(parameters, cancellation);
        var options = OptionsFor(parameters, memoryBytes, memoryBytes);
        return checkpoint is null
            ? PointRun.Begin(parameters, options, busySlots())
            : PointRun.Resume(checkpoint, parameters, options, busySlots());
    }

    private static long ShareOf(int slots) => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / slots;

    private static SimulationOptions OptionsFor(SimulationParameters parameters, long memory, long targetMemory) => new()
    {
        MemoryBytes = memory,
        TargetMemoryBytes = Math.Min(targetMemory, memory - MemoryNeed.LeastBytes(parameters)),
    };

    // The first run of a loop pays for its compilation; a tiny network pays it here, so that no result does.
    private void WarmUp<TObserver>(SimulationParameters parameters, CancellationToken cancellation)
        where TObserver : struct, ISpikeObserver
    {
        if (!_warm.Add(Code.Of<TObserver>(parameters)))
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
        };
    }

    /// <summary>What decides which code a simulation runs.</summary>
    private sealed record Code(
        Type Observer, NeuronModel Model, Topology Topology, EventLoop Loop, bool Excites, bool UsesSeries, StatisticKinds Record)
    {
        public static Code Of<TObserver>(SimulationParameters p) => new(
            typeof(TObserver), p.Model, p.Topology, p.Loop, p.J0 < 0 || p.ExcitatoryFraction > 0, p.ChebyshevOrder > 0, p.Record);
    }
}
