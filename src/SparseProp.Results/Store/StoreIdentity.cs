using SparseProp.Results.Manifests;

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

    /// <summary>By what the results of this opening are made.</summary>
    public required RunProvenance Provenance { get; init; }
}
