namespace SparseProp.Cluster.Protocol;

/// <summary>
/// A part of a <see cref="SourceBundle"/>, or of a file that it names, from coordinator to worker. Travels as MessagePack
/// (<see cref="Serialization.ReportSerializer"/>).
/// </summary>
/// <param name="Hash">SHA-256 of the whole, in hexadecimal digits.</param>
/// <param name="Offset">Where in it the part begins.</param>
/// <param name="Length">Bytes of the whole; 0 where the coordinator has nothing of this hash.</param>
/// <param name="Bytes">The part, at most <see cref="CheckpointPart.MostBytes"/>.</param>
public sealed record FilePart(string Hash, long Offset, long Length, ReadOnlyMemory<byte> Bytes);
