using MessagePack;

namespace SparseProp.Results;

/// <summary>The manifest as a map.</summary>
internal static class ManifestFields
{
    public const int Count = 7;

    private static readonly string[] RunFields =
    [
        "epoch", "started_utc", "spec_hash", "command_line", "host", "cpu_model", "cores", "os", "runtime", "engine_version", "tool_version",
        "commit", "packages",
    ];

    public static void Write(ref MessagePackWriter writer, Manifest manifest)
    {
        writer.WriteField("sweep", manifest.Sweep);
        writer.WriteField("spec", manifest.SpecText);
        writer.WriteField("spec_hash", manifest.SpecHash);
        writer.WriteField("points", manifest.PointCount);
        writer.WriteField("created_utc", manifest.CreatedUtc.ToUnixTimeMilliseconds());
        writer.WriteField("epoch", manifest.Epoch);
        writer.Write("runs");
        writer.WriteArrayHeader(manifest.Runs.Count);
        foreach (var run in manifest.Runs)
        {
            Write(ref writer, run);
        }
    }

    public static Manifest Read(NamedFields fields) => new()
    {
        Sweep = fields.Text("sweep"),
        SpecText = fields.Text("spec"),
        SpecHash = fields.Text("spec_hash"),
        PointCount = fields.Number("points"),
        CreatedUtc = fields.Time("created_utc"),
        Epoch = fields.Number("epoch"),
        Runs = [.. fields.Maps("runs").Select(ReadRun)],
    };

    private static void Write(ref MessagePackWriter writer, ManifestRun run)
    {
        var by = run.Provenance;
        writer.WriteMapHeader(RunFields.Length + run.LaterFields.Count);
        writer.WriteField("epoch", run.Epoch);
        writer.WriteField("started_utc", run.StartedUtc.ToUnixTimeMilliseconds());
        writer.WriteField("spec_hash", run.SpecHash);
        writer.WriteField("command_line", by.CommandLine);
        writer.WriteField("host", by.Host);
        writer.WriteField("cpu_model", by.CpuModel);
        writer.WriteField("cores", by.Cores);
        writer.WriteField("os", by.OperatingSystem);
        writer.WriteField("runtime", by.Runtime);
        writer.WriteField("engine_version", by.EngineVersion);
        writer.WriteField("tool_version", by.ToolVersion);
        writer.WriteField("commit", by.Commit);
        writer.Write("packages");
        writer.WriteMapHeader(by.Packages.Count);
        foreach (var (package, version) in by.Packages)
        {
            writer.WriteField(package, version);
        }

        writer.WriteRaw(run.LaterFields);
    }

    private static ManifestRun ReadRun(NamedFields fields)
    {
        var provenance = new RunProvenance
        {
            CommandLine = fields.Text("command_line"),
            Host = fields.Text("host"),
            CpuModel = fields.Text("cpu_model"),
            Cores = checked((int)fields.Number("cores")),
            OperatingSystem = fields.Text("os"),
            Runtime = fields.Text("runtime"),
            EngineVersion = checked((int)fields.Number("engine_version")),
            ToolVersion = fields.Text("tool_version"),
            Commit = fields.Text("commit"),
            Packages = fields.TextMap("packages"),
        };
        return new ManifestRun(fields.Number("epoch"), fields.Time("started_utc"), fields.Text("spec_hash"), provenance)
        {
            LaterFields = fields.Except(RunFields),
        };
    }
}
