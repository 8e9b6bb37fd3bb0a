using SparseProp.Cluster.Coordination;
using SparseProp.Results;
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
    public void DamageToOneLeavesTheOthersAlone()
    {
        foreach (var name in new[] { "bad-file", "bad-settings", "bad-store", "good" })
        {
            _sweeps.Open(SpecOf(name), SettingsOf(SweepState.Running));
        }

        _sweeps.Open(SpecOf("over"), SettingsOf(SweepState.Finished));
        _sweeps.Release();
        File.WriteAllBytes(Path.Combine(_folder, "bad-settings", "sweep.msgpack"), [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(_folder, "bad-store", "manifest.msgpack"), [1, 2, 3]);
        using (ResultStore.Open(Path.Combine(_folder, "bad-file"), new StoreIdentity
        {
            Sweep = "bad-file",
            SpecText = "of: another release",
            SpecHash = "0",
            PointCount = 1,
            Provenance = Provenance,
        }))
        {
            // Its manifest now has a text that this release cannot read.
        }

        using var successor = NewSweeps();
        Assert.True(successor.TryTake(out _, out _));
        var opened = successor.OpenUnfinished();

        Assert.Equal(["bad-file", "bad-settings", "bad-store", "good"], opened.Select(sweep => sweep.Name));
        Assert.All(opened.Take(3), sweep => Assert.NotNull(sweep.Problem));
        Assert.NotNull(opened[3].Run);
        Assert.Equal("over", Assert.Single(successor.Stored()).Name);
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
