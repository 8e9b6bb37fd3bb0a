using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using SparseProp.Engine.Memory;

namespace SparseProp.Engine.Statistics;

/// <summary>
/// Digest and interval statistics of a measurement's spikes: 32 bytes for each neuron, O(1) for each spike. Spikes are gathered and
/// worked off a thousand at a time: each falls on another cache line, and only many at once can be fetched ahead.
/// </summary>
internal sealed unsafe class SpikeStatistics(int n) : IDisposable
{
    // 16 KiB of waiting spikes stay in the first-level cache beside the window's candidates.
    private const int MostWaiting = 1024;

    // Far enough for a line from main memory to arrive, near enough for it to be there still.
    private const int FetchedAhead = 16;

    private readonly NativeBuffer<NeuronIntervals> _intervals = new(n);
    private readonly NativeBuffer<Spike> _waiting = new(MostWaiting);
    private readonly SpikeDigest _digest = new();
    private int _count;

    public long Bytes => _intervals.Bytes + _waiting.Bytes;

    public UInt128 Digest()
    {
        WorkOff();
        return _digest.Value();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int neuron, double seconds)
    {
        _waiting.Pointer[_count] = new Spike(neuron, seconds);
        if (++_count == MostWaiting)
        {
            WorkOff();
        }
    }

    /// <summary>Mean coefficient of variation over the neurons with enough intervals, and how many those are.</summary>
    public (double? Mean, int Neurons) MeanCv()
    {
        WorkOff();
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

    public void Dispose()
    {
        _intervals.Dispose();
        _waiting.Dispose();
    }

    [MethodImpl(Compile.AtOnce)]
    private void WorkOff()
    {
        var waiting = _waiting.Pointer;
        var intervals = _intervals.Pointer;
        var count = _count;
        for (var i = 0; i < count; i++)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(intervals + waiting[Math.Min(i + FetchedAhead, count - 1)].Neuron);
            }

            intervals[waiting[i].Neuron].Add(waiting[i].Seconds);
        }

        _digest.Add(new ReadOnlySpan<Spike>(waiting, count));
        _count = 0;
    }
}

/// <summary>Which neuron, counted from 0, and when.</summary>
internal readonly record struct Spike(int Neuron, double Seconds);

/// <summary>Adds what it sees to a <see cref="SpikeStatistics"/>.</summary>
internal readonly struct StatisticsObserver(SpikeStatistics statistics) : ISpikeObserver
{
    public void OnSpike(int neuron, double timeSeconds) => statistics.Add(neuron, timeSeconds);
}
