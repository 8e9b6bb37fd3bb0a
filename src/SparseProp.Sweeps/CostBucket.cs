using System.Numerics;
using SparseProp.Engine;

namespace SparseProp.Sweeps;

/// <summary>Points whose estimated times are wrong by much the same factor.</summary>
/// <param name="Model">The model.</param>
/// <param name="Loop">The event loop.</param>
/// <param name="Topology">How targets are drawn.</param>
/// <param name="Size">⌊log2 n⌋, from 0 to 30.</param>
internal readonly record struct CostBucket(NeuronModel Model, EventLoop Loop, Topology Topology, int Size)
{
    private const int Sizes = 31;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CostBucket> All { get; } =
    [
        .. from model in Enum.GetValues<NeuronModel>()
           from loop in Enum.GetValues<EventLoop>()
           from topology in Enum.GetValues<Topology>()
           from size in Enumerable.Range(0, Sizes)
           select new CostBucket(model, loop, topology, size),
    ];

    /// <summary>Where it stands in <see cref="All"/>.</summary>
    public int Number =>
        (((((int)Model * EngineNames.EventLoops.Count) + (int)Loop) * EngineNames.Topologies.Count) + (int)Topology) * Sizes + Size;

    public static CostBucket Of(SimulationParameters p) => new(p.Model, p.Loop, p.Topology, BitOperations.Log2((uint)p.N));

    /// <summary>Smallest for the same model, then the same loop, then the same topology, then the nearest size.</summary>
    public int DistanceTo(CostBucket other) =>
        (Model == other.Model ? 0 : 128)
        + (Loop == other.Loop ? 0 : 64)
        + (Topology == other.Topology ? 0 : 32)
        + Math.Abs(Size - other.Size);
}
