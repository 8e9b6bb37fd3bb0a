using SparseProp.Results.Manifests;

namespace SparseProp.Results.Root;

/// <summary>A sweep's settings on disk, in the folder of its store.</summary>
internal static class SweepSettingsFile
{
    private static readonly NamedFile File = new()
    {
        Name = "sweep.msgpack",
        Format = "sparseprop-sweep",
        Version = 1,
        Title = "settings file",
        Remedy = "The results next to it are whole; delete it and submit the sweep again to go on.",
    };

    // Names of SweepState, in the order of the enumeration.
    private static readonly string[] States = ["running", "paused", "cancelled", "finished"];

    public static string Name => File.Name;

    public static string UnfinishedName => File.UnfinishedName;

    /// <inheritdoc cref="NamedFile.Read"/>
    public static SweepSettings? Read(string folder) => File.Read(folder, fields => new SweepSettings
    {
        State = (SweepState)fields.Choice("state", States),
        Priority = checked((int)fields.Number("priority")),
        FilePriority = checked((int)fields.NumberOrZero("file_priority")),
        RetryFailed = fields.Flag("retry_failed"),
        SubmittedUtc = fields.Time("submitted_utc"),
        Points = fields.NumberOrZero("points"),
        Failed = fields.NumberOrZero("failed"),
        Divergent = fields.NumberOrZero("divergent"),
        NotReached = fields.NumberOrZero("not_reached"),
    });

    /// <inheritdoc cref="NamedFile.Replace"/>
    public static void Replace(string folder, SweepSettings settings) => File.Replace(folder, 9, (ref writer) =>
    {
        writer.WriteField("state", States[(int)settings.State]);
        writer.WriteField("priority", settings.Priority);
        writer.WriteField("file_priority", settings.FilePriority);
        writer.WriteField("retry_failed", settings.RetryFailed);
        writer.WriteField("submitted_utc", settings.SubmittedUtc.ToUnixTimeMilliseconds());
        writer.WriteField("points", settings.Points);
        writer.WriteField("failed", settings.Failed);
        writer.WriteField("divergent", settings.Divergent);
        writer.WriteField("not_reached", settings.NotReached);
    });
}
