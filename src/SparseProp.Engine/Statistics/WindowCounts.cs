using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Statistics;

/// <summary>One neuron's spike counts in windows; windows without spikes cost nothing.</summary>
internal struct WindowCounts
{
    private double _squares;
    private long _before;
    private int _window;
    private int _count;

    /// <summary>Adds a spike and returns whether it is the first of its window.</summary>
    /// <param name="window">Its window, counted from 1; never below that of the spike before.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(int window)
    {
        if (window == _window)
        {
            _count++;
            return false;
        }

        _squares += (double)_count * _count;
        _before += _count;
        (_window, _count) = (window, 1);
        return true;
    }

    /// <summary>Whether the last spike lies beyond the first <paramref name="windows"/> windows.</summary>
    public readonly bool IsBeyond(long windows) => _window > windows;

    /// <summary>Mean and sample variance of the counts in the first <paramref name="windows"/> windows, at least two.</summary>
    public readonly (double Mean, double Variance) Moments(long windows)
    {
        var last = IsBeyond(windows) ? 0 : _count;
        var spikes = (double)(_before + last);
        var squares = _squares + ((double)last * last);
        return (spikes / windows, (squares - (spikes * spikes / windows)) / (windows - 1));
    }

    /// <summary>Spikes in the first <paramref name="windows"/> windows.</summary>
    public readonly long Spikes(long windows) => _before + (IsBeyond(windows) ? 0 : _count);
}
