using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;
using SparseProp.Results.Manifests;
using SparseProp.Results.Store;

namespace SparseProp.Cli.Tests.Commands;

/// <summary>What commands say of stores that lack points, or hold damage.</summary>
public sealed class WholenessTests : CommandTestBase, IDisposable
{
    private readonly SmallStore _store = new();

    public static TheoryData<string> Readers =>
    [
        "table STORE", "show STORE 0", "sql STORE select(1)", "export STORE", "plot STORE --x k --out OUT.svg", "report STORE --out OUT.html",
        "compare STORE STORE",
    ];

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task AnIncompleteStoreIsToldToBeOne(string command)
    {
        var part = Part("part", 1);

        var whole = await RunAsync(command, _store.Folder);
        var run = await RunAsync(command, part);

        Assert.DoesNotContain("missing", whole.Errors, StringComparison.Ordinal);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"3 of 4 points are missing from {part}", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task DamageOfTheLastRecordIsToldAndFails(string command)
    {
        var damaged = Part("damaged", 4);
        var results = Path.Combine(damaged, "results-000001.msgpack");
        var bytes = File.ReadAllBytes(results);
        bytes[^20] ^= 0xff;
        File.WriteAllBytes(results, bytes);

        var run = await RunAsync(command, damaged);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("are unreadable", run.Errors, StringComparison.Ordinal);
        Assert.Contains("1 of 4 points is missing", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1600)]
    public async Task RunningAgainRestoresWhatDamageTook(int place)
    {
        var damaged = Part("damaged", 4);
        var results = Path.Combine(damaged, "results-000001.msgpack");
        var bytes = File.ReadAllBytes(results);
        bytes[place] ^= 0xff;
        File.WriteAllBytes(results, bytes);

        var before = await RunAsync("table STORE", damaged);
        await Sparseprop.RunAsync("run", SweepFile, "--out", damaged);
        var after = await RunAsync("table STORE", damaged);

        Assert.Equal((1, 0), (before.ExitCode, after.ExitCode));
        Assert.Contains("running the sweep again restores it", before.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(".;", before.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", after.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task AnEmptyManifestIsToldAndFails(string command)
    {
        var folder = Part("emptied", 4);
        File.WriteAllBytes(Path.Combine(folder, "manifest.msgpack"), []);

        var run = await RunAsync(command, folder);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(Path.Combine(folder, "manifest.msgpack") + " is damaged", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JoinedStoresThatLackPointsAreAFaultUnlessTheyMay()
    {
        var (first, last) = (Part("first", 1), Part("last", 2, skip: 2));

        var run = await Sparseprop.RunAsync("results", "merge", first, last, "--out", Folder.In("joined"));
        var allowed = await Sparseprop.RunAsync("results", "merge", first, last, "--out", Folder.In("so-far"), "--partial");
        var verified = await Sparseprop.RunAsync("results", "verify", Folder.In("joined"));
        var complete = await Sparseprop.RunAsync("results", "merge", first, last, Part("rest", 1, skip: 1), "--out", Folder.In("whole"));

        Assert.Equal((1, 0, 1, 0), (run.ExitCode, allowed.ExitCode, verified.ExitCode, complete.ExitCode));
        Assert.Contains($"1 of 4 points is missing from {Folder.In("joined")}", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", complete.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JoiningAndCompactingSayWhatTheyPassOver()
    {
        var damaged = Part("damaged", 4);
        var results = Path.Combine(damaged, "results-000001.msgpack");
        File.WriteAllBytes(results, File.ReadAllBytes(results)[..^5]);

        var merged = await Sparseprop.RunAsync("results", "merge", damaged, "--out", Folder.In("joined"), "--partial");
        var verified = await Sparseprop.RunAsync("results", "verify", damaged, "--partial");
        var compacted = await Sparseprop.RunAsync("results", "compact", damaged);

        Assert.Equal((1, 1, 1), (merged.ExitCode, verified.ExitCode, compacted.ExitCode));
        Assert.Contains("are unreadable", merged.Errors, StringComparison.Ordinal);
        Assert.Contains("were cut", compacted.Errors, StringComparison.Ordinal);
        Assert.All([merged, compacted], run => Assert.Contains("1 of 4 points is missing", run.Errors, StringComparison.Ordinal));
    }

    [Fact]
    public void AHalfWrittenEndIsNoDamageWhileSomebodyWrites()
    {
        var folder = Part("live", 4);
        var manifest = StoreReader.ReadManifest(folder);
        using var store = ResultStore.Open(folder, Identity(manifest));
        var results = Path.Combine(folder, "results-000001.msgpack");
        File.AppendAllText(results, "half");

        Assert.Equal(4, StoreReader.Read(folder, damage => Assert.Fail(damage.Message)).Count());
    }

    public new void Dispose()
    {
        _store.Dispose();
        base.Dispose();
    }

    private Task<Finished> RunAsync(string command, string store) => Sparseprop.RunAsync(
        [
            "results",
            .. command.Split(' ').Select(word => word
                .Replace("STORE", store, StringComparison.Ordinal)
                .Replace("OUT", Folder.In(Guid.NewGuid().ToString("N")), StringComparison.Ordinal)
                .Replace("(1)", " 1", StringComparison.Ordinal)),
        ]);

    private string Part(string name, int count, int skip = 0)
    {
        var folder = Folder.In(name);
        using var store = ResultStore.Open(folder, Identity(StoreReader.ReadManifest(_store.Folder)));
        foreach (var record in StoreReader.Read(_store.Folder).Skip(skip).Take(count))
        {
            store.Append(record);
        }

        store.Flush();
        return folder;
    }

    private static StoreIdentity Identity(Manifest manifest) => new()
    {
        Sweep = manifest.Sweep,
        SpecText = manifest.SpecText,
        SpecHash = manifest.SpecHash,
        PointCount = manifest.PointCount,
        Provenance = manifest.Runs[0].Provenance,
    };
}
