using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Statistics;

/// <summary>
/// Spikes of the whole network in at most 256 bins: whenever these are full, two become one and their width doubles. Constant memory
/// and O(1) for each spike, however long the measurement turns out.
/// </summary>
internal sealed class Activity
{
    private const int Bins = 256;
    private const int Blocks = 16;
    private const double FirstWidth = 1e-3;

    private readonly long[] _counts = new long[Bins];
    private double _width = FirstWidth;
    private double _edge = FirstWidth;
    private int _bin;

    /// <summary>Width of a bin in seconds.</summary>
    public double Width => _width;

    /// <param name="seconds">Time of a spike from the measurement's beginning; never below that of the spike before.</param>
    public void Add(double seconds)
    {
        if (seconds >= _edge)
        {
            MoveTo(seconds);
        }

        _counts[_bin]++;
    }

    /// <summary>The counts of all full bins of a measurement of this length in seconds.</summary>
    public ReadOnlySpan<long> FullBins(double seconds) => _counts.AsSpan(0, (int)Math.Clamp(FullBinCount(seconds, _width), 0, Bins));

    /// <summary>How many bins of a width lie within a length; rounding does not lose one.</summary>
    public static long FullBinCount(double seconds, double width) => (long)Math.Min(long.MaxValue / 2, (seconds / width) + 1e-9);

    /// <param name="neurons">Number of neurons.</param>
    /// <param name="seconds">Length of the measurement in seconds.</param>
    /// <returns>Null where it is too short to be halved.</returns>
    public Stationarity? Halves(int neurons, double seconds)
    {
        while (_width * Bins < seconds)
        {
            Merge();
        }

        var counts = FullBins(seconds);
        if (counts.Length < Blocks)
        {
            return null;
        }

        Span<double> rates = stackalloc double[Blocks];
        Span<(double Rate, double Error)> halves = stackalloc (double, double)[2];
        for (var half = 0; half < 2; half++)
        {
            var (spikes, bins) = (0L, 0);
            for (var block = half * Blocks / 2; block < (half + 1) * Blocks / 2; block++)
            {
                var (from, to) = (block * counts.Length / Blocks, (block + 1) * counts.Length / Blocks);
                var some = 0L;
                foreach (var count in counts[from..to])
                {
                    some += count;
                }

                rates[block] = some / (neurons * _width * (to - from));
                spikes += some;
                bins += to - from;
            }

            halves[half] = (spikes / (neurons * _width * bins), SquaredError(rates.Slice(half * Blocks / 2, Blocks / 2)));
        }

        var error = Math.Sqrt(halves[0].Error + halves[1].Error);
        return new Stationarity
        {
            FirstHalfHz = halves[0].Rate,
            SecondHalfHz = halves[1].Rate,
            Deviation = error > 0 ? (halves[0].Rate - halves[1].Rate) / error : null,
        };
    }

    public void Save(SnapshotWriter writer)
    {
        writer.Write<long>(_counts);
        writer.Write(_width);
        writer.Write(_edge);
        writer.Write(_bin);
    }

    public void Restore(SnapshotReader reader)
    {
        reader.Read<long>(_counts);
        _width = reader.ReadDouble();
        _edge = reader.ReadDouble();
        _bin = reader.ReadIndex(Bins - 1);
    }

    /// <summary>Squared standard error of the mean.</summary>
    private static double SquaredError(ReadOnlySpan<double> values)
    {
        var moments = default(Moments);
        foreach (var value in values)
        {
            moments.Add(value);
        }

        return moments.Variance / values.Length;
    }

    private void MoveTo(double seconds)
    {
        while (seconds >= _width * Bins)
        {
            Merge();
        }

        _bin = Math.Min((int)(seconds / _width), Bins - 1);
        _edge = (_bin + 1) * _width;
    }

    private void Merge()
    {
        for (var i = 0; i < Bins / 2; i++)
        {
            _counts[i] = _counts[2 * i] + _counts[(2 * i) + 1];
        }

        _counts.AsSpan(Bins / 2).Clear();
        _width *= 2;
        _bin /= 2;
        _edge = (_bin + 1) * _width;
    }
}
