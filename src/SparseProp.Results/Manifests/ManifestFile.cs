namespace SparseProp.Results.Manifests;

/// <summary>The manifest on disk.</summary>
internal static class ManifestFile
{
    private static readonly NamedFile File = new()
    {
        Name = "manifest.msgpack",
        Format = "sparseprop-store",
        Version = 1,
        Title = "manifest",
        Remedy = "The results files next to it are whole and can be read; restore the manifest from a copy to go on writing.",
    };

    public static string Name => File.Name;

    public static string UnfinishedName => File.UnfinishedName;

    public static string PathIn(string folder) => File.PathIn(folder);

    /// <inheritdoc cref="NamedFile.Read"/>
    public static Manifest? Read(string folder) => File.Read(folder, ManifestFields.Read);

    /// <inheritdoc cref="NamedFile.ReadBytes"/>
    public static byte[] ReadBytes(string folder) => File.ReadBytes(folder);

    /// <inheritdoc cref="NamedFile.Replace"/>
    public static void Replace(string folder, Manifest manifest) =>
        File.Replace(folder, ManifestFields.Count, (ref writer) => ManifestFields.Write(ref writer, manifest));
}
