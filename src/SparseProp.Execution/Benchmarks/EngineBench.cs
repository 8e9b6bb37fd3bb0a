using SparseProp.Engine;
using SparseProp.Engine.Benchmarks;
using SparseProp.Execution.Points;

namespace SparseProp.Execution.Benchmarks;

/// <summary>
/// Measures the window loop against the heap loop and the memory floor, side by side: each round runs all of them for a piece, so
/// that whatever else the machine does hits all alike. CPU time of the thread, the median of the rounds.
/// </summary>
/// <param name="rounds">How many pieces each contestant runs.</param>
/// <param name="pieceSeconds">How long a piece should take.</param>
public sealed class EngineBench(int rounds, double pieceSeconds)
{
    private const long CalibrationSpikes = 2_000;

    // A recording for the floor beyond this many spikes would be a network's worth of memory itself.
    private const long MostSpikesInAPiece = 20_000_000;

    /// <summary>Measures one network.</summary>
    /// <param name="network">Model, size and coupling; loop, burn-in and stop are the benchmark's own.</param>
    /// <param name="cancellation">Looked at between the pieces.</param>
    public BenchResult Measure(SimulationParameters network, CancellationToken cancellation)
    {
        var burntIn = network with { Topology = Topology.Independent, Stop = RunLength.Spikes(1), BurnIn = RunLength.SpikesPerNeuron(2) };
        var options = new SimulationOptions
        {
            TargetMemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4,
        };
        using var window = new RunningNetwork(burntIn with { Loop = EventLoop.Window }, options);
        using var heap = new RunningNetwork(burntIn with { Loop = EventLoop.Heap, BurnIn = RunLength.SpikesPerNeuron(0.1) }, options);
        using var floor = new MemoryFloor(burntIn, options);

        var windowSpikes = Calibrate(window.Run, pieceSeconds);
        var heapSpikes = Calibrate(heap.Run, pieceSeconds);
        var recorded = new int[(int)windowSpikes];
        var rows = new BenchRounds(rounds);
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            window.Record(recorded);
            floor.Prepare(recorded);
            rows.Floor[round] = Time(() => floor.Add(recorded)) / recorded.Length;
            rows.Window[round] = Time(() => window.Run(windowSpikes)) / windowSpikes;
            rows.Measured[round] = Time(() => window.RunMeasured(windowSpikes)) / windowSpikes;
            rows.Heap[round] = Time(() => heap.Run(heapSpikes)) / heapSpikes;
        }

        return rows.Summarise(network, window.BytesPerNeuron, heap.BytesPerNeuron);
    }

    /// <summary>How many spikes take about so many seconds.</summary>
    internal static long Calibrate(Action<long> run, double seconds)
    {
        run(CalibrationSpikes);
        var measured = Time(() => run(CalibrationSpikes));
        return Math.Clamp((long)(seconds / measured * CalibrationSpikes), CalibrationSpikes, MostSpikesInAPiece);
    }

    /// <summary>CPU seconds of this thread.</summary>
    internal static double Time(Action piece)
    {
        var started = ThreadCpuClock.Seconds;
        piece();
        return ThreadCpuClock.Seconds - started;
    }
}
