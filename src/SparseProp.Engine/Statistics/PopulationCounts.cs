using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Statistics;

/// <summary>Spikes of the whole network in bins of 1, 10 and 100 ms and of 1 s, and the autocorrelation of the shortest.</summary>
internal sealed class PopulationCounts
{
    private const double Width = 1e-3;
    private const int Levels = 4;
    private const int Factor = 10;

    // 37 hours of simulated time. Bins are also gone through where nothing spikes, and a network may be silent for ever.
    private const long MostCorrelated = 1L << 27;

    private readonly MultiTau _correlator = new();
    private readonly long[] _bins = new long[Levels];
    private readonly long[] _counts = new long[Levels];
    private readonly double[] _sums = new double[Levels];
    private readonly double[] _squares = new double[Levels];

    /// <param name="seconds">Time of a spike from the measurement's beginning; never below that of the spike before.</param>
    public void Add(double seconds)
    {
        var bin = (long)(seconds / Width);
        if (bin != _bins[0])
        {
            Close(bin);
        }

        _counts[0]++;
    }

    /// <summary>Closes the bins that end within a measurement of this length; once, at its end.</summary>
    public void Finish(double seconds)
    {
        var width = Width;
        for (var level = 0; level < Levels; level++)
        {
            var full = Activity.FullBinCount(seconds, width);
            if (_bins[level] < full)
            {
                if (level == 0)
                {
                    Correlate(full);
                }

                Close(level, full);
            }

            width *= Factor;
        }
    }

    /// <summary>Mean and sample variance of the counts in full bins of 10^<paramref name="level"/> ms; null below two.</summary>
    public (double Mean, double Variance)? Moments(int level, double seconds)
    {
        var bins = Activity.FullBinCount(seconds, Width * Math.Pow(Factor, level));
        var mean = _sums[level] / bins;
        return bins < 2 ? null : (mean, (_squares[level] - (_sums[level] * mean)) / (bins - 1));
    }

    /// <summary>Variance over mean; null below two bins or without spikes.</summary>
    public double? Fano(int level, double seconds) =>
        Moments(level, seconds) is { Mean: > 0 } moments ? moments.Variance / moments.Mean : null;

    /// <summary>Lags in seconds, and the autocovariance there over the mean.</summary>
    public (Series Lags, Series Values) Autocorrelation() => _correlator.Summarise(Width);

    public void Save(SnapshotWriter writer)
    {
        writer.Write<long>(_bins);
        writer.Write<long>(_counts);
        writer.Write<double>(_sums);
        writer.Write<double>(_squares);
        _correlator.Save(writer);
    }

    public void Restore(SnapshotReader reader)
    {
        reader.Read<long>(_bins);
        reader.Read<long>(_counts);
        reader.Read<double>(_sums);
        reader.Read<double>(_squares);
        _correlator.Restore(reader);
    }

    private void Close(long next)
    {
        Correlate(next);
        for (var level = 0; level < Levels && _bins[level] != next; level++)
        {
            Close(level, next);
            next /= Factor;
        }
    }

    private void Close(int level, long next)
    {
        var count = _counts[level];
        _sums[level] += count;
        _squares[level] += (double)count * count;
        _counts[level] = 0;
        _bins[level] = next;
        if (level + 1 < Levels)
        {
            _counts[level + 1] += count;
        }
    }

    private void Correlate(long next)
    {
        var end = Math.Min(next, MostCorrelated);
        for (var bin = _bins[0]; bin < end; bin++)
        {
            _correlator.Add(bin == _bins[0] ? _counts[0] : 0);
        }
    }
}
