using SparseProp.Results.Records;

namespace SparseProp.Results.Index;

/// <summary>What a table holds for a point.</summary>
/// <param name="Value">A digest, or a place in the results files.</param>
/// <param name="Status">Status of the point's record.</param>
internal readonly record struct PointEntry(PointWords Value, PointStatus Status);
