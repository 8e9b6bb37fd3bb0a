using SparseProp.Engine;

namespace SparseProp.Execution.Benchmarks;

/// <summary>What one network costs, in seconds of CPU time per network spike; medians over rounds that ran side by side.</summary>
/// <param name="Network">The network.</param>
/// <param name="Heap">The published algorithm, without statistics.</param>
/// <param name="Window">The default loop, without statistics.</param>
/// <param name="Measured">The default loop with rate, CV and digest.</param>
/// <param name="Floor">The bare additions to the targets.</param>
/// <param name="Spread">Largest half width between the quartiles of the ratios below, relative to their medians.</param>
/// <param name="HeapOverWindow">Median over rounds of heap by window: how many times faster the default is.</param>
/// <param name="WindowOverFloor">Median over rounds of window by floor.</param>
/// <param name="MeasuredOverWindow">Median over rounds of measured by window: what statistics cost.</param>
/// <param name="BytesPerNeuron">Memory of the default loop, target lists included.</param>
/// <param name="HeapBytesPerNeuron">Memory of the heap loop, target lists included.</param>
public sealed record BenchResult(
    SimulationParameters Network,
    double Heap,
    double Window,
    double Measured,
    double Floor,
    double Spread,
    double HeapOverWindow,
    double WindowOverFloor,
    double MeasuredOverWindow,
    double BytesPerNeuron,
    double HeapBytesPerNeuron)
{
    /// <summary>Cost of the default loop in ns per synaptic event.</summary>
    public double NanosecondsPerSynapticEvent => Window * 1e9 / Network.K;
}

/// <summary>CPU seconds per spike, round by round.</summary>
internal sealed class BenchRounds(int rounds)
{
    public double[] Heap { get; } = new double[rounds];

    public double[] Window { get; } = new double[rounds];

    public double[] Measured { get; } = new double[rounds];

    public double[] Floor { get; } = new double[rounds];

    public BenchResult Summarise(SimulationParameters network, double bytesPerNeuron, double heapBytesPerNeuron)
    {
        var heapOverWindow = Ratios(Heap, Window);
        var windowOverFloor = Ratios(Window, Floor);
        var measuredOverWindow = Ratios(Measured, Window);
        return new BenchResult(
            network,
            Median(Heap),
            Median(Window),
            Median(Measured),
            Median(Floor),
            Math.Max(Spread(heapOverWindow), Math.Max(Spread(windowOverFloor), Spread(measuredOverWindow))),
            Median(heapOverWindow),
            Median(windowOverFloor),
            Median(measuredOverWindow),
            bytesPerNeuron,
            heapBytesPerNeuron);
    }

    public static double[] Ratios(double[] numerators, double[] denominators) =>
        [.. numerators.Zip(denominators, (numerator, denominator) => numerator / denominator)];

    public static double Median(double[] values) => Quantile(values, 0.5);

    /// <summary>Half width between the quartiles, relative to the median.</summary>
    public static double Spread(double[] values) => (Quantile(values, 0.75) - Quantile(values, 0.25)) / 2 / Median(values);

    private static double Quantile(double[] values, double share)
    {
        var sorted = values.Order().ToArray();
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
