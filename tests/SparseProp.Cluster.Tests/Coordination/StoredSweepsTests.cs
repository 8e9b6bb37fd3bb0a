using SparseProp.Cluster.Coordination;
using SparseProp.Results.Manifests;
using SparseProp.Results.Root;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class StoredSweepsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sparseprop-").FullName;
    private readonly StoredSweeps _sweeps;

    public StoredSweepsTests()
    {
        _sweeps = NewSweeps();
        Assert.True(_sweeps.TryTake(out var epoch, out _));
        Assert.Equal(1, epoch);
    }

    public void Dispose()
    {
        _sweeps.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void WhatIsNotOverIsOpenedWithItsStateAndPoints()
    {
        var settings = SettingsOf(SweepState.Running) with { Priority = 5, FilePriority = 2, RetryFailed = true };
        var run = _sweeps.Open(SpecOf("one"), settings);
        run.Store.Record(Points.Ok(0, run.Plan[0], default));
        run.Store.Record(Points.Failed(1, run.Plan[1], attempts: 3));
        _sweeps.Remember("one", settings with { State = SweepState.Paused, RetryFailed = false });
        _sweeps.Open(SpecOf("two"), SettingsOf(SweepState.Cancelled));
        _sweeps.Open(SpecOf("three"), SettingsOf(SweepState.Finished) with { Failed = 1 });
        _sweeps.Release();

        using var successor = NewSweeps();
        Assert.True(successor.TryTake(out var epoch, out _));
        var opened = successor.OpenUnfinished();

        Assert.Equal(2, epoch);
        Assert.Equal(["one Paused 5 2", "two Cancelled 0 0"], opened.Select(sweep =>
            $"{sweep.Name} {sweep.Settings!.State} {sweep.Settings.Priority} {sweep.Settings.FilePriority}"));
        Assert.All(opened, sweep => Assert.Null(sweep.Problem));
        Assert.Equal((2, 1), (opened[0].Run!.Recorded.Points.Count, opened[0].Run!.Recorded.Failed));
        var over = Assert.Single(successor.Stored());
        Assert.Equal(("three", SpecOf("three").Hash.ToString(), 3, 1), (over.Name, over.SpecHash, over.Points, over.Settings!.Failed));
        Assert.Equal(SpecOf("three").Text, successor.SpecOf("three")!.Text);
    }

    [Fact]
    public void FailedPointsCountAsOpenWhereTheyAreToRunAgain()
    {
        var run = _sweeps.Open(SpecOf("one"), SettingsOf(SweepState.Running) with { RetryFailed = true });
        run.Store.Record(Points.Failed(1, run.Plan[1], attempts: 3));
        _sweeps.Release();

        using var successor = NewSweeps();
        Assert.True(successor.TryTake(out _, out _));

        Assert.Equal((0, 0), Assert.Single(successor.OpenUnfinished()) is { Run.Recorded: var recorded } ? (recorded.Points.Count, recorded.Failed) : default);
    }

    [Fact]
    public void PointsAreFoundByWhatTheyAreWhenTheFileHasChanged()
    {
        var run = _sweeps.Open(SpecOf("one", points: 2), SettingsOf(SweepState.Running));
        run.Store.Record(Points.Ok(1, run.Plan[1], default));
        _sweeps.Close(run);

        var changed = SweepFile.Parse(SpecOf("one").Text.Replace("1..3", "2..9", StringComparison.Ordinal), "one.yaml");
        var extended = _sweeps.Open(changed, SettingsOf(SweepState.Running));

        Assert.Equal(8, extended.Plan.Count);
        Assert.Equal((1, true), (extended.Recorded.Points.Count, extended.Recorded.Points.Contains(0)));
    }

    [Fact]
    public void TheyAreHeldByOneAtATime()
    {
        _sweeps.Open(SpecOf("one"), SettingsOf(SweepState.Running));
        using var other = NewSweeps();

        Assert.False(other.TryTake(out _, out var holder));
        Assert.Contains($"process {Environment.ProcessId}", holder, StringComparison.Ordinal);
        Assert.Throws<StoreException>(() => other.Open(SpecOf("two"), SettingsOf(SweepState.Running)));
        _sweeps.Release();

        Assert.True(other.TryTake(out _, out _));
        Assert.Single(other.OpenUnfinished());
        Assert.Throws<StoreException>(() => _sweeps.Remember("one", SettingsOf(SweepState.Paused)));
    }

    [Fact]
    public void ALargePlanIsMatchedByTheFewRecordsOfItsStore()
    {
        var spec = SpecOf("large", points: 900_000_000);
        var run = _sweeps.Open(spec, SettingsOf(SweepState.Running));
        foreach (var index in (long[])[0, 450_000_000, 899_999_999])
        {
            run.Store.Record(Points.Ok(index, run.Plan[index], default));
        }

        run.Store.Record(Points.Failed(7, run.Plan[7], attempts: 3));
        _sweeps.Close(run);

        var recorded = _sweeps.Open(spec, SettingsOf(SweepState.Running)).Recorded;

        Assert.Equal((4, 1), (recorded.Points.Count, recorded.Failed));
        Assert.All((long[])[0, 7, 450_000_000, 899_999_999], index => Assert.True(recorded.Points.Contains(index)));
    }

    [Fact]
    public void APlanThatIsTooLargeIsNotBegun()
    {
        var problem = Assert.Throws<StoreException>(() => _sweeps.Open(SpecOf("large", points: 1_000_000_001), SettingsOf(SweepState.Running)));

        Assert.Contains("1000000001 points, and 1000000000 is the most", problem.Message, StringComparison.Ordinal);
        Assert.False(_sweeps.Holds("large"));
        Assert.Empty(_sweeps.Names());
    }

    // What is done to a sweep's folder, and what the coordinator then names.
    private static readonly IReadOnlyDictionary<string, (Action<string> Do, string Named)> Damages = new Dictionary<string, (Action<string>, string)>
    {
        ["settings are damaged"] = (folder => File.WriteAllBytes(Path.Combine(folder, "sweep.msgpack"), [1, 2, 3]), "sweep.msgpack"),
        ["settings are a folder"] = (folder => ReplaceByFolder(Path.Combine(folder, "sweep.msgpack")), "sweep.msgpack"),
        ["manifest is damaged"] = (folder => File.WriteAllBytes(Path.Combine(folder, "manifest.msgpack"), [1, 2, 3]), "manifest.msgpack"),
        ["manifest is short"] = (folder => Truncate(Path.Combine(folder, "manifest.msgpack")), "manifest.msgpack"),
        ["manifest is missing"] = (folder => File.Delete(Path.Combine(folder, "manifest.msgpack")), "no manifest"),
        ["manifest is a folder"] = (folder => ReplaceByFolder(Path.Combine(folder, "manifest.msgpack")), "manifest.msgpack"),
        ["lock is a folder"] = (folder => ReplaceByFolder(Path.Combine(folder, "store.lock")), "store.lock"),
        ["manifest of another sweep"] = (folder => ReplaceManifest(folder, "other", SpecOf("other").Text), "'other'"),
        ["file of another release"] = (folder => ReplaceManifest(folder, "bad", "of: another release"), "bad.yaml"),
        ["too many points"] = (
            folder => ReplaceManifest(folder, "bad", SpecOf("bad").Text.Replace("1..3", "1..10000000000", StringComparison.Ordinal)),
            "10000000000 points"),
    };

    public static TheoryData<string> DamageNames => [.. Damages.Keys];

    [Theory]
    [MemberData(nameof(DamageNames))]
    public void DamageToOneIsNamedAndLeavesTheOthersAlone(string damage)
    {
        foreach (var name in new[] { "bad", "good" })
        {
            var run = _sweeps.Open(SpecOf(name), SettingsOf(SweepState.Running));
            run.Store.Record(Points.Ok(0, run.Plan[0], default));
        }

        _sweeps.Open(SpecOf("over"), SettingsOf(SweepState.Finished));
        _sweeps.Release();
        Damages[damage].Do(Path.Combine(_folder, "bad"));

        using var successor = NewSweeps();
        Assert.True(successor.TryTake(out _, out _));
        var opened = successor.OpenUnfinished();

        Assert.Equal(["bad", "good"], opened.Select(sweep => sweep.Name));
        Assert.Contains(Damages[damage].Named, opened[0].Problem, StringComparison.Ordinal);
        Assert.NotNull(opened[1].Run);
        Assert.Equal("over", Assert.Single(successor.Stored()).Name);
    }

    [Theory]
    [MemberData(nameof(DamageNames))]
    public void WhatIsDamagedCanBeDeleted(string damage)
    {
        var run = _sweeps.Open(SpecOf("bad"), SettingsOf(SweepState.Running));
        run.Store.Record(Points.Ok(0, run.Plan[0], default));
        _sweeps.Close(run);
        var folder = Path.Combine(_folder, "bad");
        Damages[damage].Do(folder);

        _sweeps.Delete("bad");

        Assert.False(Directory.Exists(folder));
        Assert.Empty(_sweeps.Names());
    }

    [Theory]
    [InlineData(3, SweepState.Finished)]
    [InlineData(2, SweepState.Cancelled)]
    public void AStoreThatWasPutIntoTheFolderIsFoundAndNotTouched(int recorded, SweepState state)
    {
        var run = _sweeps.Open(SpecOf("put"), SettingsOf(SweepState.Running));
        for (var index = 0; index < recorded; index++)
        {
            run.Store.Record(Points.Ok(index, run.Plan[index], default));
        }

        _sweeps.Close(run);
        var folder = Path.Combine(_folder, "put");
        File.Delete(Path.Combine(folder, "sweep.msgpack"));
        var before = Contents(folder);

        Assert.Empty(_sweeps.OpenUnfinished());
        var found = Assert.Single(_sweeps.Stored());

        Assert.Equal(("put", SpecOf("put").Hash.ToString(), 3, recorded), (found.Name, found.SpecHash, found.Points, found.Recorded));
        Assert.Equal(state, found.Settings!.State);
        Assert.Equal(before, Contents(folder));
    }

    [Fact]
    public void ADeletedSweepIsGone()
    {
        var run = _sweeps.Open(SpecOf("one"), SettingsOf(SweepState.Cancelled));
        Assert.NotNull(_sweeps.FolderOf("one"));
        Assert.Throws<StoreLockedException>(() => _sweeps.Delete("one"));
        _sweeps.Close(run);

        _sweeps.Delete("one");

        Assert.Null(_sweeps.FolderOf("one"));
        Assert.Null(_sweeps.SpecOf("one"));
        Assert.Empty(_sweeps.OpenUnfinished());
    }

    private static Dictionary<string, string> Contents(string folder) =>
        Directory.GetFiles(folder).ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path)));

    private static void Truncate(string path)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(file.Length / 2);
    }

    private static void ReplaceByFolder(string path)
    {
        File.Delete(path);
        Directory.CreateDirectory(path);
    }

    private static void ReplaceManifest(string folder, string sweep, string text)
    {
        File.Delete(Path.Combine(folder, "manifest.msgpack"));
        var elsewhere = Directory.CreateTempSubdirectory("sparseprop-").FullName;
        using (ResultStore.Open(elsewhere, new StoreIdentity
        {
            Sweep = sweep,
            SpecText = text,
            SpecHash = "0",
            PointCount = 1,
            Provenance = Provenance,
        }))
        {
            // Its manifest is what is wanted.
        }

        File.Move(Path.Combine(elsewhere, "manifest.msgpack"), Path.Combine(folder, "manifest.msgpack"));
        Directory.Delete(elsewhere, recursive: true);
    }

    private static RunProvenance Provenance =>
        RunProvenance.Capture("", typeof(StoredSweepsTests).Assembly, new Dictionary<string, string>());

    private static SweepSettings SettingsOf(SweepState state) =>
        new() { State = state, Priority = 0, RetryFailed = false, SubmittedUtc = DateTimeOffset.UnixEpoch };

    private static SweepSpec SpecOf(string name, int points = 3) => SweepFile.Parse(
        $$"""
        name: {{name}}
        model: lif
        grid: { seed_ic: 1..{{points}} }
        fixed: { n: 100, k: 10 }
        stop: { spikes: 100 }
        """,
        $"{name}.yaml");

    private StoredSweeps NewSweeps() => new(_folder, Provenance, TimeProvider.System);
}
