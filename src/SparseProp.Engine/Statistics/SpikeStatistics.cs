using System.Runtime.CompilerServices;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Statistics;

/// <summary>Digest and interval statistics of a measurement's spikes: 32 bytes for each neuron, O(1) for each spike.</summary>
internal sealed unsafe class SpikeStatistics(int n) : IDisposable
{
    private readonly NativeBuffer<NeuronIntervals> _intervals = new(n);
    private readonly SpikeDigest _digest = new();

    public long Bytes => _intervals.Bytes;

    public UInt128 Digest() => _digest.Value();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int neuron, double seconds)
    {
        _intervals.Pointer[neuron].Add(seconds);
        _digest.Add(neuron, seconds);
    }

    /// <summary>Mean coefficient of variation over the neurons with enough intervals, and how many those are.</summary>
    public (double? Mean, int Neurons) MeanCv()
    {
        var sum = 0.0;
        var neurons = 0;
        for (var i = 0; i < n; i++)
        {
            if (_intervals.Pointer[i].Count >= SimulationResult.MinimumIntervals)
            {
                sum += _intervals.Pointer[i].Cv;
                neurons++;
            }
        }

        return neurons == 0 ? (null, 0) : (sum / neurons, neurons);
    }

    public void Dispose() => _intervals.Dispose();
}

/// <summary>Adds what it sees to a <see cref="SpikeStatistics"/>.</summary>
internal readonly struct StatisticsObserver(SpikeStatistics statistics) : ISpikeObserver
{
    public void OnSpike(int neuron, double timeSeconds) => statistics.Add(neuron, timeSeconds);
}
