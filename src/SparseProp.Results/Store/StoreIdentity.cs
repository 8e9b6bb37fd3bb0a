using SparseProp.Results.Manifests;
using SparseProp.Results.Records;

namespace SparseProp.Results.Store;

/// <summary>Which sweep a store is opened for, and by which run.</summary>
public sealed record StoreIdentity
{
    /// <summary>Name of the sweep; a store never changes it.</summary>
    public required string Sweep { get; init; }

    /// <summary>The sweep file's text, as it was read.</summary>
    public required string SpecText { get; init; }

    /// <summary>Hash of what the text means, in hexadecimal digits.</summary>
    public required string SpecHash { get; init; }

    /// <summary>Points of the sweep.</summary>
    public required long PointCount { get; init; }

    /// <summary>The files that the sweep names; the store keeps a copy of each.</summary>
    public IReadOnlyList<DataFile> DataFiles { get; init; } = [];

    /// <summary>What its network adds to the columns of its points; null for the published network.</summary>
    public NetworkColumns? Network { get; init; }

    /// <summary>Opens one of <see cref="DataFiles"/> that the store does not keep yet; may throw as <see cref="File.OpenRead"/> does.</summary>
    public Func<DataFile, Stream> OpenFile { get; init; } = file => throw new FileNotFoundException($"{file.Name} is missing");

    /// <summary>By what the results of this opening are made.</summary>
    public required RunProvenance Provenance { get; init; }

    /// <summary>The sweep of a store, for it to be opened again or joined with others of the same sweep.</summary>
    /// <param name="folder">Folder of the store.</param>
    /// <param name="manifest">What it says about itself.</param>
    /// <param name="provenance">By what.</param>
    public static StoreIdentity Of(string folder, Manifest manifest, RunProvenance provenance)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new()
        {
            Sweep = manifest.Sweep,
            SpecText = manifest.SpecText,
            SpecHash = manifest.SpecHash,
            PointCount = manifest.PointCount,
            DataFiles = manifest.DataFiles,
            Network = manifest.Network,
            OpenFile = file => FileArchive.Of(folder).Open(file.Sha256),
            Provenance = provenance,
        };
    }
}
