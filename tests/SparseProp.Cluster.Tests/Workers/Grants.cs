using SparseProp.Cluster.Protocol;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using static SparseProp.Cluster.Protocol.WorkProtocol;

namespace SparseProp.Cluster.Tests.Workers;

/// <summary>Grants to test workers with.</summary>
internal static class Grants
{
    public const string Sweep = "sweep";

    public const long Claim = 1 << 20;

    /// <summary>A grant of small points that answers request 1.</summary>
    public static WorkGranted Of(Lease lease, params long[] indices) =>
        new(1, lease, Sweep, CheckpointSeconds: 0, [.. indices.Select(index => Point(index, Points.Parameters(index)))]);

    public static GrantedPoint Point(long index, SimulationParameters parameters, long memoryBytes = Claim) =>
        new(index, ParameterText.Of(parameters), Attempt: 0, memoryBytes, CheckpointBytes: 0, CheckpointGeneration: 0);

    /// <summary>Runs until it is cancelled, in the time of any test.</summary>
    public static SimulationParameters Endless(long seed) =>
        new() { N = 1000, K = 50, SeedIc = seed, Stop = RunLength.Spikes(1_000_000_000_000) };
}
