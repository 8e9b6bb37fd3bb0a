using MessagePack;

namespace SparseProp.Results;

/// <summary>The fields of a manifest while its map is read, in whatever order they come.</summary>
internal sealed class ManifestReading(string path)
{
    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, long> _numbers = [];
    private readonly List<ManifestRun> _runs = [];

    public Manifest Read(ref MessagePackReader reader)
    {
        RequireKnownVersion(reader.CreatePeekReader());
        ReadMap(ref reader);
        return new Manifest
        {
            Sweep = Text("sweep"),
            SpecText = Text("spec"),
            SpecHash = Text("spec_hash"),
            PointCount = Number("points"),
            CreatedUtc = Time("created_utc"),
            Epoch = Number("epoch"),
            Runs = _runs,
        };
    }

    private ManifestRun ReadRun(ref MessagePackReader reader)
    {
        var packages = ReadMap(ref reader);
        var provenance = new RunProvenance
        {
            CommandLine = Text("command_line"),
            Host = Text("host"),
            CpuModel = Text("cpu_model"),
            Cores = checked((int)Number("cores")),
            OperatingSystem = Text("os"),
            Runtime = Text("runtime"),
            EngineVersion = checked((int)Number("engine_version")),
            ToolVersion = Text("tool_version"),
            Commit = Text("commit"),
            Packages = packages,
        };
        return new ManifestRun(Number("epoch"), Time("started_utc"), Text("spec_hash"), provenance);
    }

    /// <summary>Reads all texts and numbers of a map; runs and packages are the only values that are neither.</summary>
    private Dictionary<string, string> ReadMap(ref MessagePackReader reader)
    {
        var packages = new Dictionary<string, string>();
        for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
        {
            var name = reader.ReadText(int.MaxValue);
            switch (reader.NextMessagePackType)
            {
                case MessagePackType.String:
                    _texts[name] = reader.ReadText(int.MaxValue);
                    break;
                case MessagePackType.Integer:
                    _numbers[name] = reader.ReadInt64();
                    break;
                case MessagePackType.Array when name == "runs":
                    ReadRuns(ref reader);
                    break;
                case MessagePackType.Map when name == "packages":
                    ReadPackages(ref reader, packages);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return packages;
    }

    private void ReadRuns(ref MessagePackReader reader)
    {
        for (var runs = reader.ReadArrayHeader(); runs > 0; runs--)
        {
            _runs.Add(new ManifestReading(path).ReadRun(ref reader));
        }
    }

    private static void ReadPackages(ref MessagePackReader reader, Dictionary<string, string> packages)
    {
        for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
        {
            var package = reader.ReadText(int.MaxValue);
            packages[package] = reader.ReadText(int.MaxValue);
        }
    }

    // Looked for ahead of all else: what a later version means by the other fields is not known here.
    private void RequireKnownVersion(MessagePackReader reader)
    {
        var head = new ManifestReading(path);
        for (var pairs = reader.ReadMapHeader(); pairs > 0; pairs--)
        {
            head.ReadFormatOrVersion(ref reader, reader.ReadText(int.MaxValue));
        }

        var format = head.Text("format");
        if (format != ManifestFormat.Name)
        {
            throw new StoreException($"{path} has the format '{format}'; it is not the manifest of a result store.");
        }

        var version = head.Number("version");
        if (version > ManifestFormat.Version)
        {
            throw new StoreException(
                $"The store of {path} has format version {version}; this program reads versions up to {ManifestFormat.Version}. "
                + "Use the release that wrote it, or a later one.");
        }
    }

    private void ReadFormatOrVersion(ref MessagePackReader reader, string name)
    {
        switch (name)
        {
            case "format":
                _texts[name] = reader.ReadText(int.MaxValue);
                break;
            case "version":
                _numbers[name] = reader.ReadInt64();
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private string Text(string name) =>
        _texts.TryGetValue(name, out var text) ? text : throw Missing("text", name);

    private long Number(string name) =>
        _numbers.TryGetValue(name, out var number) ? number : throw Missing("number", name);

    private static MessagePackSerializationException Missing(string kind, string name) => new($"the {kind} '{name}' is missing");

    private DateTimeOffset Time(string name)
    {
        var milliseconds = Number(name);
        return milliseconds >= 0 && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw new MessagePackSerializationException($"{name} = {milliseconds} is no time");
    }
}
