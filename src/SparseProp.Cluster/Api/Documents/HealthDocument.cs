namespace SparseProp.Cluster.Api;

/// <summary>Whether all is well.</summary>
/// <param name="Ok">Whether it is.</param>
/// <param name="Reasons">Why it is not.</param>
public sealed record HealthDocument(bool Ok, IReadOnlyList<string> Reasons);
