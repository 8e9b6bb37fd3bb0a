using SparseProp.Engine.Memory;
using SparseProp.Engine.Networks;

namespace SparseProp.Engine.Statistics;

/// <summary>Makes a <see cref="RateDistribution"/> of the neurons' spike counts.</summary>
internal static unsafe class RateSummary
{
    /// <param name="counts">Spikes of each neuron; sorted on return.</param>
    /// <param name="seconds">Length of the measurement, positive.</param>
    /// <param name="targets">The network; null where in-degrees are not looked at.</param>
    public static RateDistribution Of(NativeBuffer<long> counts, double seconds, TargetRows? targets)
    {
        var n = (int)counts.Length;
        var (correlation, slope) = targets is null ? (null, null) : InDegreeEffect(counts, targets);
        var histogram = new double[RateDistribution.Bins];
        var rates = default(Moments);
        var silent = 0;
        for (var i = 0; i < n; i++)
        {
            var rate = counts.Pointer[i] / seconds;
            rates.Add(rate);
            if (rate == 0)
            {
                silent++;
            }
            else
            {
                histogram[RateDistribution.BinOf(rate)]++;
            }
        }

        new Span<long>(counts.Pointer, n).Sort();
        var percentiles = new double[RateDistribution.Percentiles.Count];
        for (var i = 0; i < percentiles.Length; i++)
        {
            percentiles[i] = Percentile(counts, RateDistribution.Percentiles[i]) / seconds;
        }

        return new RateDistribution
        {
            SdHz = Math.Sqrt(rates.Variance),
            PercentilesHz = new Series(percentiles),
            Histogram = new Series(histogram),
            SilentFraction = (double)silent / n,
            InDegreeCorrelation = correlation,
            InDegreeSlopeHz = slope / seconds,
        };
    }

    private static double Percentile(NativeBuffer<long> sorted, double percent)
    {
        var place = percent / 100 * (sorted.Length - 1);
        var below = (long)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted.Pointer[below] + ((place - below) * (sorted.Pointer[above] - sorted.Pointer[below]));
    }

    /// <summary>Pearson's correlation of counts with in-degrees, and the slope over these.</summary>
    private static (double? Correlation, double? Slope) InDegreeEffect(NativeBuffer<long> counts, TargetRows targets)
    {
        var n = (int)counts.Length;
        using var inDegrees = new NativeBuffer<int>(n);
        for (var source = 0; source < n; source++)
        {
            var row = targets.Row(source);
            for (nint i = 0; i < targets.Count; i++)
            {
                inDegrees.Pointer[row[i]]++;
            }
        }

        var meanDegree = (double)targets.Count;
        var meanCount = Sum(counts) / n;
        var (both, degrees, spikes) = (0.0, 0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            var (degree, count) = (inDegrees.Pointer[i] - meanDegree, counts.Pointer[i] - meanCount);
            both += degree * count;
            degrees += degree * degree;
            spikes += count * count;
        }

        return (degrees > 0 && spikes > 0 ? both / Math.Sqrt(degrees * spikes) : null, degrees > 0 ? both / degrees : null);
    }

    private static double Sum(NativeBuffer<long> counts)
    {
        var sum = 0L;
        for (var i = 0L; i < counts.Length; i++)
        {
            sum += counts.Pointer[i];
        }

        return sum;
    }
}
