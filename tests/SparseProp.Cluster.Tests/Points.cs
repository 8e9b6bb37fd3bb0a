using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Cluster.Tests;

/// <summary>Small points and records to test with.</summary>
internal static class Points
{
    public static SimulationParameters Parameters(long index) =>
        new() { N = 100, K = 10, SeedIc = index, Stop = RunLength.Spikes(100) };

    public static PointRecord Ok(long index, UInt128 digest = default) => Ok(index, Parameters(index), digest);

    public static PointRecord Ok(long index, SimulationParameters parameters, UInt128 digest) => PointRecord.Ok(
        index,
        parameters,
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

    public static PointRecord Failed(long index, int attempts) => Failed(index, Parameters(index), attempts);

    public static PointRecord Failed(long index, SimulationParameters parameters, int attempts) => PointRecord.Failed(
        index,
        parameters,
        new PointFailure { Kind = "Broken", Message = "it broke", Attempts = attempts },
        DateTimeOffset.UnixEpoch);
}
