namespace SparseProp.Results.Comparisons.ModeratedTests;

/// <summary>What one replicate measured.</summary>
/// <param name="Seed">Tells replicates of a group apart; of the same number are those of equal seeds, in any group and on either side.</param>
/// <param name="Values">A value for each statistic; NaN where there is none.</param>
internal sealed record Replicate(int Seed, double[] Values);

/// <summary>The replicates of points that differ only in their seeds, on both sides of a comparison.</summary>
/// <param name="A">Those of the first side, each seed once.</param>
/// <param name="B">Those of the second.</param>
internal sealed record ReplicateGroup(IReadOnlyList<Replicate> A, IReadOnlyList<Replicate> B);
