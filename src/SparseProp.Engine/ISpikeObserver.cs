using System.Diagnostics.CodeAnalysis;

namespace SparseProp.Engine;

/// <summary>Sees the spikes of a measurement one by one, in the order of their times.</summary>
public interface ISpikeObserver
{
    /// <param name="neuron">Counted from 0.</param>
    /// <param name="timeSeconds">Counted from the initial condition, burn-in included.</param>
    void OnSpike(int neuron, double timeSeconds);
}

/// <summary>Sees nothing and costs nothing.</summary>
public readonly struct NoObserver : ISpikeObserver
{
    public void OnSpike(int neuron, double timeSeconds)
    {
    }
}

/// <summary>Two observers as one: the first sees each spike before the second.</summary>
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

    public void OnSpike(int neuron, double timeSeconds)
    {
        _first.OnSpike(neuron, timeSeconds);
        _second.OnSpike(neuron, timeSeconds);
    }
}
