using SparseProp.Engine;
using SparseProp.Engine.Benchmarks;

namespace SparseProp.Execution.Benchmarks;

/// <summary>
/// Measures what statistics cost: of two copies of a network in the window loop, one gathers them and the other nothing, and they take
/// turns. CPU time of the thread, the median of the rounds.
/// </summary>
/// <param name="rounds">How many pieces each runs.</param>
/// <param name="pieceSeconds">How long a piece of the bare network should take.</param>
public sealed class StatisticsBench(int rounds, double pieceSeconds)
{
    private const StatisticKinds All =
        StatisticKinds.Cv | StatisticKinds.Rates | StatisticKinds.Irregularity | StatisticKinds.Population | StatisticKinds.Chi;

    // More than any bench runs.
    private const long Endless = 1_000_000_000_000_000;

    private static readonly (StatisticKinds Record, int Exponents)[] Choices =
    [
        (StatisticKinds.Rate, 0),
        (StatisticKinds.Cv, 0),
        (StatisticKinds.Rates, 0),
        (StatisticKinds.Irregularity, 0),
        (StatisticKinds.Population, 0),
        (StatisticKinds.Chi, 0),
        (All, 0),
        (All, 1),
    ];

    /// <summary>Measures one network with every kind of statistics alone, with all, and with all and the largest Lyapunov exponent.</summary>
    /// <param name="network">Model, size and coupling; loop, burn-in, stop and record are the benchmark's own.</param>
    /// <param name="cancellation">Looked at between the pieces.</param>
    /// <exception cref="InsufficientMemoryException">The network does not fit.</exception>
    public IReadOnlyList<StatisticsCost> Measure(SimulationParameters network, CancellationToken cancellation)
    {
        var burntIn = network with
        {
            Topology = Topology.Independent,
            Loop = EventLoop.Window,
            Stop = RunLength.Spikes(Endless),
            BurnIn = RunLength.SpikesPerNeuron(2),
        };
        var options = new SimulationOptions { TargetMemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 };
        using var bare = new RunningNetwork(burntIn, options);
        var spikes = EngineBench.Calibrate(bare.Run, pieceSeconds);
        List<StatisticsCost> costs = [];
        foreach (var (record, exponents) in Choices)
        {
            costs.Add(Compare(bare, burntIn with { Record = record, LyapunovExponents = exponents }, options, spikes, cancellation));
        }

        return costs;
    }

    private StatisticsCost Compare(
        RunningNetwork bare, SimulationParameters measured, SimulationOptions options, long spikes, CancellationToken cancellation)
    {
        using var simulation = new Simulation(measured, options);
        simulation.BurnIn(cancellation);
        Advance(simulation, spikes);
        var (without, with) = (new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            without[round] = EngineBench.Time(() => bare.Run(spikes)) / spikes;
            with[round] = EngineBench.Time(() => Advance(simulation, spikes)) / spikes;
        }

        var ratios = BenchRounds.Ratios(with, without);
        return new StatisticsCost(
            measured, BenchRounds.Median(without), BenchRounds.Median(with), BenchRounds.Median(ratios), BenchRounds.Spread(ratios));
    }

    private static void Advance(Simulation simulation, long spikes)
    {
        var observer = default(NoObserver);
        simulation.Advance(RunLength.Spikes(spikes), ref observer);
    }
}
