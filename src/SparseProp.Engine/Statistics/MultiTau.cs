using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Statistics;

/// <summary>
/// Autocorrelation of a sequence of counts in memory that does not grow with its length (multi-tau; Schätzel 1988): 16 lags of the
/// counts themselves, then 8 further lags each of sums over 2, 4, 8, ... of them.
/// </summary>
internal sealed class MultiTau
{
    private const int Levels = 11;
    private const int Lags = 16;

    /// <summary>Products below which a lag is left out.</summary>
    private const long FewestProducts = 16;

    private readonly double[] _latest = new double[Levels * Lags];
    private readonly double[] _products = new double[Levels * Lags];
    private readonly double[] _halves = new double[Levels];
    private readonly long[] _seen = new long[Levels];
    private double _sum;

    public void Add(double count)
    {
        _sum += count;
        for (var level = 0; level < Levels; level++)
        {
            var number = _seen[level]++;
            var latest = _latest.AsSpan(level * Lags, Lags);
            var products = _products.AsSpan(level * Lags, Lags);
            latest[(int)(number % Lags)] = count;
            var known = (int)Math.Min(number, Lags - 1);
            for (var lag = level == 0 ? 0 : Lags / 2; lag <= known; lag++)
            {
                products[lag] += count * latest[(int)((number - lag) % Lags)];
            }

            if (number % 2 == 0)
            {
                _halves[level] = count;
                return;
            }

            count += _halves[level];
        }
    }

    /// <param name="width">Seconds from one count to the next.</param>
    public (Series Lags, Series Values) Summarise(double width)
    {
        List<double> lags = [];
        List<double> values = [];
        var mean = _seen[0] == 0 ? 0 : _sum / _seen[0];
        for (var level = 0; level < Levels && mean > 0; level++)
        {
            var merged = (double)(1L << level);
            for (var lag = level == 0 ? 0 : Lags / 2; lag < Lags; lag++)
            {
                var products = _seen[level] - lag;
                if (products >= FewestProducts)
                {
                    lags.Add(width * merged * lag);
                    values.Add(((_products[(level * Lags) + lag] / (products * merged * merged)) - (mean * mean)) / mean);
                }
            }
        }

        return (new Series(lags.ToArray()), new Series(values.ToArray()));
    }

    public void Save(SnapshotWriter writer)
    {
        writer.Write<double>(_latest);
        writer.Write<double>(_products);
        writer.Write<double>(_halves);
        writer.Write<long>(_seen);
        writer.Write(_sum);
    }

    public void Restore(SnapshotReader reader)
    {
        reader.Read<double>(_latest);
        reader.Read<double>(_products);
        reader.Read<double>(_halves);
        reader.Read<long>(_seen);
        _sum = reader.ReadDouble();
    }
}
