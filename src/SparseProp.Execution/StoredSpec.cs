using SparseProp.Execution.Checks;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;
using SparseProp.Sweeps;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Execution;

/// <summary>From a sweep to what a store says of it, and back.</summary>
public static class StoredSpec
{
    /// <summary>The sweep that a store was opened for last, with the files that the store keeps for it.</summary>
    /// <param name="folder">Folder of the store.</param>
    /// <param name="manifest">What it says about itself.</param>
    /// <exception cref="SweepFileException">This release cannot read the sweep, or a file of it is missing.</exception>
    public static SweepSpec Of(string folder, Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return SweepFile.ParseStored(manifest.SpecText, $"{manifest.Sweep}.yaml", Files(manifest.DataFiles, FileArchive.Of(folder)));
    }

    /// <summary>Files by the names that a sweep gives them, from where they lie by their hashes.</summary>
    public static NetworkFiles Files(IEnumerable<DataFile> files, FileArchive archive) => NetworkFiles.Of(
        files.DistinctBy(file => file.Name).ToDictionary(file => file.Name, file => (Func<Stream>)(() => archive.Open(file.Sha256))));

    /// <summary>What the store of a sweep is opened by.</summary>
    public static StoreIdentity IdentityOf(SweepPlan plan, RunProvenance provenance)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var spec = plan.Spec;
        return new StoreIdentity
        {
            Sweep = spec.Name,
            SpecText = spec.Text,
            SpecHash = spec.Hash.ToString(),
            PointCount = plan.Count,
            DataFiles = FilesOf(spec),
            Network = PlanColumns.NetworkOf(spec),
            OpenFile = file => spec.Network!.Open(file.Name),
            Provenance = provenance,
        };
    }

    /// <summary>The files that a sweep names; none where its network is the published one.</summary>
    public static IReadOnlyList<DataFile> FilesOf(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return [.. (spec.Network?.Files ?? []).Select(file => new DataFile(file.Name, file.Sha256, file.Bytes))];
    }
}
