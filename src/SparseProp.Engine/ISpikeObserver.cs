using System.Diagnostics.CodeAnalysis;

namespace SparseProp.Engine;

/// <summary>Sees the spikes of a measurement in the order of their times, some at a time.</summary>
/// <remarks>
/// How many come at once is no property of the network. When a simulation's method returns, every spike has been seen that was simulated.
/// </remarks>
public interface ISpikeObserver
{
    /// <param name="spikes">The next spikes; valid during the call.</param>
    void OnSpikes(ReadOnlySpan<Spike> spikes);
}

/// <summary>Sees nothing and costs nothing.</summary>
public readonly struct NoObserver : ISpikeObserver
{
    public void OnSpikes(ReadOnlySpan<Spike> spikes)
    {
    }
}

/// <summary>Two observers as one: the first sees the spikes before the second.</summary>
public struct ObserverPair<TFirst, TSecond>(TFirst first, TSecond second) : ISpikeObserver
    where TFirst : struct, ISpikeObserver
    where TSecond : struct, ISpikeObserver
{
    private TFirst _first = first;
    private TSecond _second = second;

    /// <summary>The first observer in its present state.</summary>
    [UnscopedRef]
    public ref TFirst First => ref _first;

    /// <summary>The second observer in its present state.</summary>
    [UnscopedRef]
    public ref TSecond Second => ref _second;

    public void OnSpikes(ReadOnlySpan<Spike> spikes)
    {
        _first.OnSpikes(spikes);
        _second.OnSpikes(spikes);
    }
}
