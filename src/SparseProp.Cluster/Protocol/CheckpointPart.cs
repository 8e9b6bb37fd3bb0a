namespace SparseProp.Cluster.Protocol;

/// <summary>
/// A part of a running point's saved state, from worker to coordinator to be kept, or back to go on from it. Travels as MessagePack
/// (<see cref="Serialization.ReportSerializer"/>).
/// </summary>
/// <param name="Worker">The worker that sends it or asked for it.</param>
/// <param name="Sweep">Name of the sweep.</param>
/// <param name="Index">The point's index in the plan.</param>
/// <param name="Generation">Counts the checkpoints of a point, from 1; a later one replaces those before it.</param>
/// <param name="Offset">Where in the checkpoint the part begins.</param>
/// <param name="Length">Bytes of the whole checkpoint; 0 where the coordinator has none of this generation.</param>
/// <param name="Bytes">The part, at most <see cref="MostBytes"/>.</param>
public sealed record CheckpointPart(
    string Worker, string Sweep, long Index, long Generation, long Offset, long Length, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Most bytes of one part: a few milliseconds of a slow network, so that heartbeats get through between two.</summary>
    public const int MostBytes = 192 * 1024;
}
