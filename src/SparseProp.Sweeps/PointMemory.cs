using SparseProp.Engine;

namespace SparseProp.Sweeps;

/// <summary>stub until merged</summary>
public readonly record struct PointMemory(long LeastBytes, long FullBytes)
{
    public static PointMemory Of(SimulationParameters p) => new(MemoryNeed.LeastBytes(p), PointEstimate.Of(p).MemoryBytes);

    public long ClaimIn(long workerBytes, int slots) => Math.Max(LeastBytes, Math.Min(FullBytes, workerBytes / slots));

    public bool Fits(long workerBytes) => LeastBytes <= workerBytes;
}
