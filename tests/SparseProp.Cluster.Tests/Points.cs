using SparseProp.Engine;
using SparseProp.Results;

namespace SparseProp.Cluster.Tests;

/// <summary>Small points and records to test with.</summary>
internal static class Points
{
    public static SimulationParameters Parameters(long index) =>
        new() { N = 100, K = 10, SeedIc = index, Stop = RunLength.Spikes(100) };

    public static PointRecord Ok(long index, UInt128 digest = default) => PointRecord.Ok(
        index,
        Parameters(index),
        new SimulationResult
        {
            Spikes = 100,
            SimulatedSeconds = 0.5,
            RateHz = 2,
            CvIsi = 0.8,
            CvNeurons = 50,
            SynapticEvents = 1000,
            BytesPerNeuron = 88,
            Digest = digest,
        },
        new PointCost { WallSeconds = 0.01, CpuSeconds = 0.01, SetupSeconds = 0, Host = "here", BusySlots = 1, Contended = false },
        DateTimeOffset.UnixEpoch);

    public static PointRecord Failed(long index, int attempts) => PointRecord.Failed(
        index,
        Parameters(index),
        new PointFailure { Kind = "Broken", Message = "it broke", Attempts = attempts },
        DateTimeOffset.UnixEpoch);
}
