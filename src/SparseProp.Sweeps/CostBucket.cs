using System.Numerics;
using SparseProp.Engine;
using SparseProp.Engine.Populations;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Sweeps;

/// <summary>Points whose estimated times are wrong by much the same factor.</summary>
/// <param name="Model">The model; of networks of populations, the first.</param>
/// <param name="Loop">The event loop of the published network.</param>
/// <param name="Topology">How targets are drawn.</param>
/// <param name="Size">⌊log2 n⌋, from 0 to 30.</param>
/// <param name="NetworkLoop">The event loop of a network of populations; null for the published network.</param>
internal readonly record struct CostBucket(NeuronModel Model, EventLoop Loop, Topology Topology, int Size, NetworkLoop? NetworkLoop = null)
{
    private const int Sizes = 31;

    private static readonly int PublishedBuckets =
        EngineNames.Models.Count * EngineNames.EventLoops.Count * EngineNames.Topologies.Count * Sizes;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CostBucket> All { get; } =
    [
        .. from model in Enum.GetValues<NeuronModel>()
           from loop in Enum.GetValues<EventLoop>()
           from topology in Enum.GetValues<Topology>()
           from size in Enumerable.Range(0, Sizes)
           select new CostBucket(model, loop, topology, size),
        .. from loop in Enum.GetValues<NetworkLoop>()
           from size in Enumerable.Range(0, Sizes)
           select new CostBucket(default, default, default, size, loop),
    ];

    /// <summary>Where it stands in <see cref="All"/>.</summary>
    public int Number => NetworkLoop is { } networkLoop
        ? PublishedBuckets + ((int)networkLoop * Sizes) + Size
        : (((((int)Model * EngineNames.EventLoops.Count) + (int)Loop) * EngineNames.Topologies.Count) + (int)Topology) * Sizes + Size;

    public static CostBucket Of(SimulationParameters p)
    {
        var size = BitOperations.Log2((uint)p.N);
        return p.Network is { } network
            ? new(default, default, default, size, NetworkExpectation.Of(network).Loop)
            : new(p.Model, p.Loop, p.Topology, size);
    }

    /// <summary>Smallest for the same kind of network and its loop, then for the same model, then the same loop, then the same topology, then the nearest size.</summary>
    public int DistanceTo(CostBucket other) =>
        (NetworkLoop == other.NetworkLoop ? 0 : 256)
        + (Model == other.Model ? 0 : 128)
        + (Loop == other.Loop ? 0 : 64)
        + (Topology == other.Topology ? 0 : 32)
        + Math.Abs(Size - other.Size);
}
