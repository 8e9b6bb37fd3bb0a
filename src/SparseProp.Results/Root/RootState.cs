namespace SparseProp.Results.Root;

/// <summary>What a folder of stores says about its coordinators.</summary>
/// <param name="Epoch">Number of the latest acquisition.</param>
/// <param name="Members">Addresses of the cluster's members, as they were last known.</param>
/// <param name="Lock">The file whose lock the latest acquisition took; empty where an earlier release has written this.</param>
internal sealed record RootState(long Epoch, IReadOnlyList<string> Members, string Lock);
