using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Manifests;

/// <summary>What a store says about itself: the sweep, and every run that wrote to it.</summary>
public sealed record Manifest
{
    /// <summary>Name of the sweep.</summary>
    public required string Sweep { get; init; }

    /// <summary>Text of the sweep file that was run last.</summary>
    public required string SpecText { get; init; }

    /// <summary>Hash of what that text means, in hexadecimal digits.</summary>
    public required string SpecHash { get; init; }

    /// <summary>Points of that sweep; the store may hold others, of earlier texts.</summary>
    public required long PointCount { get; init; }

    /// <summary>The files that the text names, which are kept in the store's <see cref="FileArchive"/>.</summary>
    public IReadOnlyList<DataFile> DataFiles { get; init; } = [];

    /// <summary>What the network of the sweep, or of an earlier text, adds to the columns of its points; null for the published network.</summary>
    public NetworkColumns? Network { get; init; }

    /// <summary>When the store was made, in UTC and whole milliseconds.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>Number of the latest opening for writing.</summary>
    public required long Epoch { get; init; }

    /// <summary>All openings for writing, oldest first.</summary>
    public required IReadOnlyList<ManifestRun> Runs { get; init; }

    /// <summary>How far the results files are read.</summary>
    internal FileBounds Bounds { get; init; } = FileBounds.None;

    /// <summary>The manifest of the next opening, while it has not taken over yet: of a store that has none yet, or of <paramref name="previous"/>.</summary>
    internal static Manifest Next(Manifest? previous, StoreIdentity identity, DateTimeOffset now)
    {
        var started = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var epoch = (previous?.Epoch ?? 0) + 1;
        return new Manifest
        {
            Sweep = identity.Sweep,
            SpecText = identity.SpecText,
            SpecHash = identity.SpecHash,
            PointCount = identity.PointCount,
            DataFiles = identity.DataFiles,
            Network = identity.Network?.With(previous?.Network) ?? previous?.Network,
            CreatedUtc = previous?.CreatedUtc ?? started,
            Epoch = epoch,
            Bounds = previous?.Bounds ?? FileBounds.None,
            Runs = [.. previous?.Runs ?? [], new ManifestRun(epoch, started, identity.SpecHash, identity.Provenance)],
        };
    }
}
