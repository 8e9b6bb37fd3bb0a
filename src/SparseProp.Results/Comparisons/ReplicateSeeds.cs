using SparseProp.Engine;

namespace SparseProp.Results.Comparisons;

/// <summary>What tells replicates of a group apart.</summary>
internal readonly record struct ReplicateSeeds(long InitialCondition, long Network, long Input, long Data) : IComparable<ReplicateSeeds>
{
    public static ReplicateSeeds Of(SimulationParameters parameters) =>
        new(parameters.SeedIc, parameters.SeedNet, parameters.SeedInput, parameters.Training?.SeedData ?? 0);

    public int CompareTo(ReplicateSeeds other) =>
        (InitialCondition, Network, Input, Data).CompareTo((other.InitialCondition, other.Network, other.Input, other.Data));
}
