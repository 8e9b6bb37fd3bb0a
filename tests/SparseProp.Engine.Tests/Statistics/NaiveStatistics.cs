namespace SparseProp.Engine.Tests.Statistics;

/// <summary>The definitions of all statistics, written down with no thought of time or memory.</summary>
internal sealed class NaiveStatistics(int neurons, IReadOnlyList<Spike> spikes, double began, double seconds)
{
    private readonly List<double>[] _trains =
        [.. Enumerable.Range(0, neurons).Select(i => spikes.Where(s => s.Neuron == i).Select(s => s.Seconds - began).ToList())];

    public double? Cv => MeanOverRegular(intervals => Deviation(intervals) / intervals.Average());

    public double? Cv2 => MeanOverRegular(intervals => Pairs(intervals).Average(p => 2 * Math.Abs(Contrast(p))));

    public double? Lv => MeanOverRegular(intervals => Pairs(intervals).Average(p => 3 * Math.Pow(Contrast(p), 2)));

    public double? Fano
    {
        get
        {
            var counts = CountsOfNeurons(1);
            var enough = counts.Where(c => c.Sum() >= 10).ToList();
            return counts[0].Count < 2 || enough.Count == 0 ? null : enough.Average(c => Variance(c) / c.Average());
        }
    }

    public double? SilentFraction1s =>
        CountsOfNeurons(1) is var counts && counts[0].Count == 0 ? null : counts.Average(c => c.Count(x => x == 0) / (double)c.Count);

    public double? MeanCorrelation
    {
        get
        {
            var counts = CountsOfNeurons(1);
            var single = counts[0].Count < 2 ? 0 : counts.Sum(Variance);
            return single > 0 ? (Variance(Counts(1)) - single) / ((neurons - 1) * single) : null;
        }
    }

    public double? CountChi
    {
        get
        {
            var counts = CountsOfNeurons(1);
            var single = counts[0].Count < 2 ? 0 : counts.Average(Variance);
            return single > 0 ? Math.Sqrt(Variance([.. Counts(1).Select(c => c / neurons)]) / single) : null;
        }
    }

    public double SdHz => Deviation([.. _trains.Select(t => t.Count / seconds)]);

    public double? PopulationFano(double width) =>
        Counts(width) is var counts && (counts.Count < 2 || counts.Sum() == 0) ? null : Variance(counts) / counts.Average();

    /// <summary>Autocovariance of the counts of 1 ms over their mean.</summary>
    public double Autocorrelation(int lag)
    {
        var counts = Counts(0.001);
        var mean = counts.Average();
        return (Enumerable.Range(lag, counts.Count - lag).Average(i => counts[i] * counts[i - lag]) - (mean * mean)) / mean;
    }

    public static double Variance(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
    }

    private static double Deviation(IReadOnlyList<double> values) => Math.Sqrt(Variance(values));

    private static IEnumerable<(double This, double Next)> Pairs(List<double> intervals) => intervals.Zip(intervals.Skip(1));

    // Three spikes at one instant are as regular as can be.
    private static double Contrast((double This, double Next) pair) =>
        pair.This + pair.Next == 0 ? 0 : (pair.Next - pair.This) / (pair.This + pair.Next);

    private double? MeanOverRegular(Func<List<double>, double> statistic)
    {
        var all = _trains.Select(t => t.Zip(t.Skip(1), (a, b) => b - a).ToList()).Where(i => i.Count >= 10).ToList();
        return all.Count == 0 ? null : all.Average(statistic);
    }

    private List<double> Counts(double width) => Counts(spikes.Select(s => s.Seconds - began), width);

    private List<double>[] CountsOfNeurons(double width) => [.. _trains.Select(train => Counts(train, width))];

    private List<double> Counts(IEnumerable<double> times, double width)
    {
        var counts = new double[(int)((seconds / width) + 1e-9)];
        foreach (var bin in times.Select(t => (int)(t / width)).Where(bin => bin < counts.Length))
        {
            counts[bin]++;
        }

        return [.. counts];
    }
}
