using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Statistics;

/// <summary>Mean and spread of one neuron's interspike intervals, one at a time (Welford 1962).</summary>
internal struct NeuronIntervals
{
    private double _lastSeconds;
    private double _mean;
    private double _squares;
    private long _spikes;

    /// <summary>Spikes that were added.</summary>
    public readonly long Spikes => _spikes;

    /// <summary>Intervals between two spikes that were both added.</summary>
    public readonly long Count => Math.Max(0, _spikes - 1);

    /// <summary>Sample standard deviation of the intervals divided by their mean; needs two intervals.</summary>
    public readonly double Cv => Math.Sqrt(_squares / (Count - 1)) / _mean;

    /// <summary>Adds a spike and returns the interval that it ends; 0 where it is the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Add(double seconds)
    {
        var interval = 0.0;
        if (_spikes > 0)
        {
            interval = seconds - _lastSeconds;
            var deviation = interval - _mean;
            _mean += deviation / _spikes;
            _squares += deviation * (interval - _mean);
        }

        _lastSeconds = seconds;
        _spikes++;
        return interval;
    }
}
