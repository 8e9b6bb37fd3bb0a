using SparseProp.Engine.Loops;

namespace SparseProp.Engine;

/// <summary>How a simulation uses the machine it runs on. None of it changes a bit of the result.</summary>
public sealed record SimulationOptions
{
    /// <summary>What the simulation may use at all; a network that needs more is refused. Default: all that the process may use.</summary>
    public long MemoryBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>
    /// The most memory that target lists may take; beyond it they are drawn again at every spike. Default: half of what the
    /// process may use, which leaves room for the neurons; give less where several simulations share a process.
    /// </summary>
    public long TargetMemoryBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Vectors to use; default: the widest that the processor has.</summary>
    internal VectorWidth VectorWidth { get; init; } = VectorWidths.Widest;

    /// <summary>How many neurons a window of the window loop should find on average; default: chosen for speed.</summary>
    internal int? WindowCandidates { get; init; }
}
