using SparseProp.Cluster.Protocol;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Workers;

/// <summary>A leased point on its way through a worker.</summary>
/// <param name="Lease">The lease that it belongs to.</param>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Index">The point's index in the plan.</param>
/// <param name="Parameters">What to simulate; of a plan, what its file gives, without the network.</param>
/// <param name="Attempt">How often it came back with an error.</param>
/// <param name="MemoryBytes">What its simulation may use.</param>
/// <param name="CheckpointSeconds">How long it runs between two checkpoints; 0 for none.</param>
/// <param name="CheckpointBytes">Length of the checkpoint to go on from; 0 where there is none.</param>
/// <param name="CheckpointGeneration">Generation of its last checkpoint; 0 where there is none.</param>
internal sealed record Assignment(
    Lease Lease,
    string Sweep,
    long Index,
    SimulationParameters Parameters,
    int Attempt,
    long MemoryBytes,
    double CheckpointSeconds,
    long CheckpointBytes,
    long CheckpointGeneration)
{
    // A pause between checkpoints beyond this is none that a timer can measure, nor one that anybody lives to see.
    private const double MostCheckpointSeconds = 30 * 86400.0;

    /// <summary>The plan that makes the point, of a sweep over a network of one's own; null for the published network.</summary>
    public SweepPlan? Plan { get; init; }

    /// <summary>Hash of what the plan was read from; empty without one.</summary>
    public string Source { get; init; } = "";

    /// <summary>What to simulate, with its network. Networks are made where they run: they may be large, and take their time.</summary>
    /// <exception cref="SweepFileException">The network cannot be simulated with the point's values.</exception>
    public SimulationParameters Complete() => Plan?.PointAt(Index) ?? Parameters;

    /// <exception cref="FormatException">This build cannot simulate the point.</exception>
    public static Assignment Of(WorkProtocol.WorkGranted granted, WorkProtocol.GrantedPoint point, SweepPlan? plan = null) => new(
        granted.Lease,
        granted.Sweep,
        point.Index,
        plan is null ? ParameterText.Parse(point.Parameters) : GivenIn(plan, point),
        (int)Math.Clamp(point.Attempt, 0, int.MaxValue - 1),
        Math.Max(0, point.MemoryBytes),
        granted.CheckpointSeconds > 0 ? Math.Min(granted.CheckpointSeconds, MostCheckpointSeconds) : 0,
        Math.Max(0, point.CheckpointBytes),
        Math.Max(0, point.CheckpointGeneration))
    {
        Plan = plan,
        Source = granted.Source,
    };

    /// <summary>Whether both are the same point of the same sweep, under whatever lease.</summary>
    public bool IsSamePoint(Assignment other) =>
        (Sweep, Index, Source, Parameters) == (other.Sweep, other.Index, other.Source, other.Parameters);

    private static SimulationParameters GivenIn(SweepPlan plan, WorkProtocol.GrantedPoint point) =>
        point.Index >= 0 && point.Index < plan.Count && plan.GivenAt(point.Index) is var given && ParameterText.Of(given) == point.Parameters
            ? given
            : throw new FormatException($"Point {point.Index} is not what the sweep file says.");
}
