using SparseProp.Engine.Snapshots;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine.Stability;

/// <summary>Growth over stretches of time, merged into at most 64 blocks of about equal length: their spread tells the mean's error.</summary>
internal sealed class GrowthBlocks
{
    private const int Most = 64;
    private const int Fewest = 8;

    private readonly double[] _growth = new double[Most];
    private readonly double[] _seconds = new double[Most];
    private int _full;
    private int _filled;
    private int _size = 1;

    public void Add(double growth, double seconds)
    {
        if (_full == Most)
        {
            Merge();
        }

        _growth[_full] += growth;
        _seconds[_full] += seconds;
        if (++_filled == _size)
        {
            (_full, _filled) = (_full + 1, 0);
        }
    }

    /// <summary>Standard error of the growth per second; null below eight full blocks.</summary>
    public double? StandardError()
    {
        if (_full < Fewest)
        {
            return null;
        }

        var rates = default(Moments);
        for (var i = 0; i < _full; i++)
        {
            rates.Add(_growth[i] / _seconds[i]);
        }

        return Math.Sqrt(rates.Variance / _full);
    }

    public void Save(SnapshotWriter writer)
    {
        writer.Write<double>(_growth);
        writer.Write<double>(_seconds);
        writer.Write(_full);
        writer.Write(_filled);
        writer.Write(_size);
    }

    public void Restore(SnapshotReader reader)
    {
        reader.Read<double>(_growth);
        reader.Read<double>(_seconds);
        _full = reader.ReadIndex(Most);
        _filled = reader.ReadIndex(int.MaxValue);
        _size = reader.ReadIndex(int.MaxValue);
    }

    private void Merge()
    {
        for (var i = 0; i < Most / 2; i++)
        {
            _growth[i] = _growth[2 * i] + _growth[(2 * i) + 1];
            _seconds[i] = _seconds[2 * i] + _seconds[(2 * i) + 1];
        }

        _growth.AsSpan(Most / 2).Clear();
        _seconds.AsSpan(Most / 2).Clear();
        (_full, _size) = (Most / 2, _size * 2);
    }
}
