using SparseProp.Engine.Stability;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine;

/// <summary>Shows a measurement's spikes to all that is measured.</summary>
internal readonly struct MeasurementObserver(SpikeStatistics statistics, IStabilityMeasurement? stability) : ISpikeObserver
{
    public void OnSpikes(ReadOnlySpan<Spike> spikes)
    {
        statistics.Add(spikes);
        stability?.Add(spikes);
    }
}
