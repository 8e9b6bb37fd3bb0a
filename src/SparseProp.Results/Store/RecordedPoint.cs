using SparseProp.Results.Records;

namespace SparseProp.Results.Store;

/// <summary>What a store remembers of a recorded point.</summary>
/// <param name="Status">Ok or failed.</param>
/// <param name="Digest">Digest of the spikes where the status is ok, else zero.</param>
public readonly record struct RecordedPoint(PointStatus Status, UInt128 Digest);
