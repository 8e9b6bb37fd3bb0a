using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Statistics;

/// <summary>Digest and, where asked for, interval statistics of a measurement's spikes: O(1) for each spike.</summary>
internal sealed unsafe class SpikeStatistics : IDisposable
{
    // Each spike falls on another cache line, which is needed once and shall not drive neurons from the caches: far enough for it to
    // arrive from main memory, near enough for it to be there still.
    private const int FetchedAhead = 16;

    private readonly NativeBuffer<NeuronIntervals> _intervals;
    private readonly SpikeDigest _digest = new();

    /// <param name="n">Number of neurons.</param>
    /// <param name="kinds">What to gather beside the digest.</param>
    public SpikeStatistics(int n, StatisticKinds kinds)
    {
        _intervals = new NativeBuffer<NeuronIntervals>(kinds.HasFlag(StatisticKinds.Cv) ? n : 0);
    }

    public long Bytes => _intervals.Bytes;

    public UInt128 Digest() => _digest.Value();

    public void Add(ReadOnlySpan<Spike> spikes)
    {
        _digest.Add(spikes);
        if (_intervals.Length > 0)
        {
            AddIntervals(spikes);
        }
    }

    /// <summary>Mean coefficient of variation over the neurons with enough intervals, and how many those are.</summary>
    public (double? Mean, int Neurons) MeanCv()
    {
        var sum = 0.0;
        var neurons = 0;
        for (var i = 0L; i < _intervals.Length; i++)
        {
            if (_intervals.Pointer[i].Count >= SimulationResult.MinimumIntervals)
            {
                sum += _intervals.Pointer[i].Cv;
                neurons++;
            }
        }

        return neurons == 0 ? (null, 0) : (sum / neurons, neurons);
    }

    public void Save(SnapshotWriter writer)
    {
        writer.Write(_intervals);
        _digest.Save(writer);
    }

    public void Restore(SnapshotReader reader)
    {
        reader.Read(_intervals);
        _digest.Restore(reader);
    }

    public void Dispose() => _intervals.Dispose();

    [MethodImpl(Compile.AtOnce)]
    private void AddIntervals(ReadOnlySpan<Spike> spikes)
    {
        var intervals = _intervals.Pointer;
        for (var i = 0; i < spikes.Length; i++)
        {
            if (Sse.IsSupported)
            {
                Sse.PrefetchNonTemporal(intervals + spikes[Math.Min(i + FetchedAhead, spikes.Length - 1)].Neuron);
            }

            intervals[spikes[i].Neuron].Add(spikes[i].Seconds);
        }
    }
}

/// <summary>Adds what it sees to a <see cref="SpikeStatistics"/>.</summary>
internal readonly struct StatisticsObserver(SpikeStatistics statistics) : ISpikeObserver
{
    public void OnSpikes(ReadOnlySpan<Spike> spikes) => statistics.Add(spikes);
}
