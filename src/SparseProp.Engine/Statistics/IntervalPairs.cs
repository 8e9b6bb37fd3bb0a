using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Statistics;

/// <summary>Sums over one neuron's pairs of successive intervals.</summary>
internal struct IntervalPairs
{
    private double _previous;
    private double _cv2;
    private double _lv;

    /// <param name="interval">The next interval in seconds.</param>
    /// <param name="isFirst">Whether there is none before it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double interval, bool isFirst)
    {
        var sum = interval + _previous;

        // Spikes of one neuron may round to one instant.
        if (!isFirst && sum > 0)
        {
            var contrast = (interval - _previous) / sum;
            _cv2 += 2 * Math.Abs(contrast);
            _lv += 3 * contrast * contrast;
        }

        _previous = interval;
    }

    /// <param name="pairs">Number of pairs, positive.</param>
    public readonly double Cv2(long pairs) => _cv2 / pairs;

    /// <inheritdoc cref="Cv2"/>
    public readonly double Lv(long pairs) => _lv / pairs;
}
