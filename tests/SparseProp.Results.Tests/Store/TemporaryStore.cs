using SparseProp.Results.Manifests;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Results.Tests.Store;

/// <summary>A folder for a store, removed at the end of the test.</summary>
/// <param name="parent">Where it is made; in memory where nothing is said.</param>
internal sealed class TemporaryStore(string? parent = null) : IDisposable
{
    public static readonly StoreIdentity Identity = new()
    {
        Sweep = "scaling-lif",
        SpecText = "name: scaling-lif\nmodel: lif\n",
        SpecHash = "00ff",
        PointCount = 100,
        Provenance = new RunProvenance
        {
            CommandLine = "sparseprop run scaling-lif.yaml",
            Host = "node-1",
            CpuModel = "Abacus 3000",
            Cores = 8,
            OperatingSystem = "Linux",
            Runtime = ".NET 10.0.0",
            EngineVersion = 1,
            ToolVersion = "0.1.0",
            Commit = "314a26c",
            Packages = new Dictionary<string, string> { ["MessagePack"] = "3.1.12" },
        },
    };

    // In memory where there is such a folder: thousands of openings, each with its flushes, would wear a disk for nothing.
    private static readonly string Parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public string Folder { get; } = Directory.CreateDirectory(Path.Combine(parent ?? Parent, $"store-{Guid.NewGuid():N}")).FullName;

    public string Manifest => Path.Combine(Folder, "manifest.msgpack");

    public string Results(int number) => Path.Combine(Folder, FormattableString.Invariant($"results-{number:D6}.msgpack"));

    public ResultStore Open(StoreOptions? options = null) => ResultStore.Open(Folder, Identity, options);

    /// <summary>Opens the store, appends, flushes and closes it.</summary>
    public TemporaryStore With(params IEnumerable<PointRecord> records)
    {
        using var store = Open();
        foreach (var record in records)
        {
            store.Append(record);
        }

        return this;
    }

    /// <summary>Effective records; fails on damage.</summary>
    public List<PointRecord> Read() => [.. StoreReader.Read(Folder, damage => Assert.Fail(damage.Message))];

    /// <summary>Effective records, whatever else is there.</summary>
    public List<PointRecord> ReadAround(out List<StoreDamage> damage)
    {
        var found = new List<StoreDamage>();
        List<PointRecord> records = [.. StoreReader.Read(Folder, found.Add)];
        damage = found;
        return records;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
