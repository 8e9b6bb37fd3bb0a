using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SparseProp.Engine.Statistics;

/// <content>What each spike adds.</content>
internal sealed unsafe partial class SpikeStatistics
{
    // Each spike falls on another cache line, which is needed once and shall not drive neurons from the caches: far enough for it to
    // arrive from main memory, near enough for it to be there still.
    private const int FetchedAhead = 16;

    public void Add(ReadOnlySpan<Spike> spikes)
    {
        _digest.Add(spikes);
        foreach (ref readonly var spike in spikes)
        {
            _activity.Add(spike.Seconds - _began);
        }

        _populations?.Add(spikes);
        if (_population is not null)
        {
            AddPopulation(spikes, _population);
        }

        if (_pairs.Length > 0)
        {
            AddPairs(spikes);
        }
        else if (_intervals.Length > 0)
        {
            AddIntervals(spikes);
        }

        if (_windows.Length > 0)
        {
            AddWindows(spikes);
        }

        if (_counts.Length > 0)
        {
            AddCounts(spikes);
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void AddIntervals(ReadOnlySpan<Spike> spikes)
    {
        var intervals = _intervals.Pointer;
        for (var i = 0; i < spikes.Length; i++)
        {
            Prefetch(intervals, spikes, i);
            intervals[spikes[i].Neuron].Add(spikes[i].Seconds);
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void AddPairs(ReadOnlySpan<Spike> spikes)
    {
        var intervals = _intervals.Pointer;
        var pairs = _pairs.Pointer;
        for (var i = 0; i < spikes.Length; i++)
        {
            Prefetch(intervals, spikes, i);
            Prefetch(pairs, spikes, i);
            var neuron = spikes[i].Neuron;
            var interval = intervals[neuron].Add(spikes[i].Seconds);
            pairs[neuron].Add(interval, isFirst: intervals[neuron].Count < 2);
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void AddWindows(ReadOnlySpan<Spike> spikes)
    {
        var windows = _windows.Pointer;
        var occupied = 0;
        for (var i = 0; i < spikes.Length; i++)
        {
            Prefetch(windows, spikes, i);
            var window = 1 + (int)Math.Min((spikes[i].Seconds - _began) / Statistics.Irregularity.WindowSeconds, int.MaxValue - 1);
            occupied += windows[spikes[i].Neuron].Add(window) ? 1 : 0;
        }

        _occupied += occupied;
    }

    [MethodImpl(Compile.AtOnce)]
    private void AddCounts(ReadOnlySpan<Spike> spikes)
    {
        var counts = _counts.Pointer;
        for (var i = 0; i < spikes.Length; i++)
        {
            Prefetch(counts, spikes, i);
            counts[spikes[i].Neuron]++;
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void AddPopulation(ReadOnlySpan<Spike> spikes, PopulationCounts population)
    {
        foreach (ref readonly var spike in spikes)
        {
            population.Add(spike.Seconds - _began);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch<T>(T* neurons, ReadOnlySpan<Spike> spikes, int i)
        where T : unmanaged
    {
        if (Sse.IsSupported)
        {
            Sse.PrefetchNonTemporal(neurons + spikes[Math.Min(i + FetchedAhead, spikes.Length - 1)].Neuron);
        }
    }
}
