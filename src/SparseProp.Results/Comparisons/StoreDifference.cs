using SparseProp.Engine;

namespace SparseProp.Results.Comparisons;

/// <summary>One finding of a <see cref="StoreComparison"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">The point; null where it is not known.</param>
/// <param name="Description">The finding in words, with point and folder.</param>
public sealed record StoreDifference(StoreDifferenceKind Kind, PointKey? Key, string Description);
