using MessagePack;
using SparseProp.Engine.Parameters;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Manifests;

/// <summary>The manifest as a map.</summary>
internal static class ManifestFields
{
    public const int Count = 10;

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
        Write(ref writer, manifest.DataFiles);
        Write(ref writer, manifest.Network);
        writer.WriteField("created_utc", manifest.CreatedUtc.ToUnixTimeMilliseconds());
        writer.WriteField("epoch", manifest.Epoch);
        Write(ref writer, manifest.Bounds, manifest.Epoch);
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
        DataFiles = [.. fields.Maps("data_files").Select(ReadFile)],
        Network = fields.MapOrNull("network") is { } network ? ReadNetwork(network) : null,
        CreatedUtc = fields.Time("created_utc"),
        Epoch = fields.Number("epoch"),
        Bounds = ReadBounds(fields),
        Runs = [.. fields.Maps("runs").Select(ReadRun)],
    };

    private static void Write(ref MessagePackWriter writer, IReadOnlyList<DataFile> files)
    {
        writer.Write("data_files");
        writer.WriteArrayHeader(files.Count);
        foreach (var file in files)
        {
            writer.WriteMapHeader(3);
            writer.WriteField("name", file.Name);
            writer.WriteField("sha256", file.Sha256);
            writer.WriteField("bytes", file.Bytes);
        }
    }

    private static DataFile ReadFile(NamedFields fields) => fields.Text("sha256") is var hash && DataFile.IsHash(hash)
        ? new DataFile(fields.Text("name"), hash, fields.Number("bytes"))
        : throw new MessagePackSerializationException("the hash of a data file is none");

    private static void Write(ref MessagePackWriter writer, NetworkColumns? network)
    {
        writer.Write("network");
        if (network is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(2);
        writer.Write("parameters");
        writer.WriteArrayHeader(network.Parameters.Count);
        foreach (var parameter in network.Parameters)
        {
            writer.WriteMapHeader(3);
            writer.WriteField("name", parameter.Name);
            writer.WriteField("unit", parameter.Unit);
            writer.WriteField("is_choice", parameter.IsText);
        }

        writer.WriteField("populations", network.Populations);
    }

    private static NetworkColumns ReadNetwork(NamedFields fields) => new(
        [
            .. fields.Maps("parameters").Select(parameter => Parameter.OfNetwork(parameter.Text("name"), parameter.Text("unit"), parameter.Flag("is_choice")))
                .DistinctBy(parameter => parameter.Name),
        ],
        [.. fields.Texts("populations").Distinct()]);

    private static void Write(ref MessagePackWriter writer, FileBounds bounds, long epoch)
    {
        writer.Write("files");
        writer.WriteMapHeader(3);
        writer.WriteField("epoch", epoch);
        writer.WriteField("first", bounds.FirstFile);
        writer.Write("bytes");
        writer.WriteArrayHeader(bounds.Lengths.Count);
        foreach (var (number, length) in bounds.Lengths.OrderBy(file => file.Key))
        {
            // No map: readers in other languages refuse integers for keys where they do not expect them.
            writer.WriteArrayHeader(2);
            writer.Write(number);
            writer.Write(length);
        }
    }

    private static FileBounds ReadBounds(NamedFields fields)
    {
        // A release that knows no bounds keeps them when it opens the store, but appends to files that they would close.
        return fields.MapOrNull("files") is { } files && files.Number("epoch") == fields.Number("epoch")
            ? new FileBounds(
                checked((int)files.Number("first")),
                files.NumberPairs("bytes").ToDictionary(pair => checked((int)pair.Key), pair => pair.Value))
            : FileBounds.None;
    }

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
