namespace SparseProp.Results.Manifests;

/// <summary>One opening of a store for writing.</summary>
/// <param name="Epoch">Its number, from 1; each results file names the epoch that began it.</param>
/// <param name="StartedUtc">When it was opened, in UTC and whole milliseconds.</param>
/// <param name="SpecHash">Hash of the sweep file's meaning at that time, in hexadecimal digits.</param>
/// <param name="Provenance">By what its results were made.</param>
public sealed record ManifestRun(long Epoch, DateTimeOffset StartedUtc, string SpecHash, RunProvenance Provenance)
{
    /// <summary>What a later release has said of it.</summary>
    internal IReadOnlyList<KeyValuePair<string, byte[]>> LaterFields { get; init; } = [];
}
