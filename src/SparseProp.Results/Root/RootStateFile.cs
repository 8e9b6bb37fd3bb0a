using SparseProp.Results.Manifests;

namespace SparseProp.Results.Root;

/// <summary>The state of a folder of stores on disk.</summary>
internal static class RootStateFile
{
    private static readonly NamedFile File = new()
    {
        Name = "coordinator.msgpack",
        Format = "sparseprop-coordinator",
        Version = 1,
        Title = "coordinator's file",
        Remedy = "The stores next to it are whole. Stop all coordinators of this folder and delete it; they then need to be told once more "
            + "where their cluster is.",
    };

    public static string Name => File.Name;

    /// <inheritdoc cref="NamedFile.Read"/>
    public static RootState? Read(string folder) =>
        File.Read(folder, fields => new RootState(fields.Number("epoch"), fields.Texts("members"), fields.TextOrEmpty("lock")));

    /// <inheritdoc cref="NamedFile.Replace"/>
    public static void Replace(string folder, RootState state) => File.Replace(folder, 3, (ref writer) =>
    {
        writer.WriteField("epoch", state.Epoch);
        writer.WriteField("members", state.Members);
        writer.WriteField("lock", state.Lock);
    });
}
